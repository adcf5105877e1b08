/** A colour in OKLCH: lightness 0–1, chroma 0–0.3, hue in degrees. */
export interface Color {
  l: number;
  c: number;
  h: number;
}

export function color(l: number, c: number, h: number): Color {
  return { l, c, h };
}

/** Between two colours, mixed as light is seen (in OKLab); `share` 0 is all `a`, 1 all `b`. */
export function mix(a: Color, b: Color, share: number): Color {
  const [ax, ay] = plane(a);
  const [bx, by] = plane(b);
  const x = ax + (bx - ax) * share;
  const y = ay + (by - ay) * share;
  return { l: a.l + (b.l - a.l) * share, c: Math.hypot(x, y), h: (Math.atan2(y, x) * 180) / Math.PI };
}

/** The same hue, lighter or darker by that much. */
export function shade(a: Color, by: number): Color {
  return { ...a, l: Math.min(1, Math.max(0, a.l + by)) };
}

/** As sRGB bytes; what the screen cannot show loses chroma first. */
export function toRgb({ l, c, h }: Color): [number, number, number] {
  const lightness = Math.min(1, Math.max(0, l));
  for (let chroma = c; ; chroma *= 0.9) {
    const rgb = linearRgb({ l: lightness, c: chroma, h });
    if (chroma < 0.004 || rgb.every((part) => part >= -0.001 && part <= 1.001)) {
      return rgb.map(toByte) as [number, number, number];
    }
  }
}

export function toHex(value: Color): string {
  return `#${toRgb(value)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")}`;
}

/** From sRGB bytes. */
export function fromRgb(r: number, g: number, b: number): Color {
  const [lr, lg, lb] = [r, g, b].map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const long = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const medium = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const short = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const x = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const y = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { l, c: Math.hypot(x, y), h: (Math.atan2(y, x) * 180) / Math.PI };
}

function plane({ c, h }: Color): [number, number] {
  const angle = (h * Math.PI) / 180;
  return [c * Math.cos(angle), c * Math.sin(angle)];
}

function linearRgb(value: Color): [number, number, number] {
  const [x, y] = plane(value);
  const long = (value.l + 0.3963377774 * x + 0.2158037573 * y) ** 3;
  const medium = (value.l - 0.1055613458 * x - 0.0638541728 * y) ** 3;
  const short = (value.l - 0.0894841775 * x - 1.291485548 * y) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function toByte(linear: number): number {
  const part = Math.min(1, Math.max(0, linear));
  const encoded = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

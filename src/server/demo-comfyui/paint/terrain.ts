import { n } from "./canvas";
import { mix, shade, type Color } from "./color";
import type { Dice } from "./dice";
import { lineNoise } from "./noise";
import { atDistance, type Scene } from "./scene";

export interface Point {
  x: number;
  y: number;
}

/** A line of hills: smooth for old land, sharp for mountains. */
export function ridgeLine(
  dice: Dice,
  width: number,
  base: number,
  height: number,
  scale: number,
  sharp: boolean,
): Point[] {
  const noise = lineNoise(dice, sharp ? 6 : 4);
  const start = dice.range(0, 40);
  const points: Point[] = [];
  for (let x = -10; x <= width + 10; x += sharp ? 9 : 12) {
    const value = noise(start + x / scale);
    const shaped = sharp ? 1 - Math.abs(value) * 1.9 : 0.5 + value * 0.9;
    points.push({ x, y: base - height * Math.max(-0.15, shaped) });
  }
  return points;
}

export function fillBelow(points: readonly Point[], bottom: number): string {
  const last = points.at(-1)?.x ?? 0;
  const first = points[0]?.x ?? 0;
  return `M${points.map(({ x, y }) => `${n(x)} ${n(y)}`).join("L")}L${n(last)} ${n(bottom)}L${n(first)} ${n(bottom)}z`;
}

/** Chains of hills one behind the other, the last in the haze, from the horizon down to `bottom`. */
export function paintHills(
  scene: Scene,
  wish: { chains: number; height: number; bottom: number; sharp: boolean; color?: Color },
): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("hills");
  for (let i = 0; i < wish.chains; i += 1) {
    const distance = 1 - i / wish.chains;
    const base = horizon + (wish.bottom - horizon) * (i / wish.chains) ** 1.2 + 6;
    const height = wish.height * (0.45 + 0.55 * dice.next()) * (wish.sharp ? distance * 0.6 + 0.5 : 0.8);
    const points = ridgeLine(
      dice.fork(`chain ${i}`),
      width,
      base,
      height,
      wish.sharp ? 330 : 420,
      wish.sharp,
    );
    const body = atDistance(scene, wish.color ?? mix(light.land, light.near, 0.45), distance * 0.92);
    const foot = mix(body, light.haze, 0.42);
    const top = base - height;
    const paint = canvas.linear(
      [
        [0, shade(body, wish.sharp ? 0.01 : 0)],
        [1, foot],
      ],
      { x1: 0, y1: top, x2: 0, y2: base + 70 },
    );
    canvas.shape(fillBelow(points, wish.bottom + 80), paint);
    if (wish.sharp) paintFaces(scene, points, base, body, distance);
  }
}

/** Mountains have a side in the light: from each peak a facet runs down towards the sun. */
function paintFaces(
  scene: Scene,
  points: readonly Point[],
  base: number,
  body: Color,
  distance: number,
): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork(`faces ${base}`);
  const bright = mix(body, light.sun, light.isDark ? 0.18 : 0.34);
  const snow = mix(light.sun, light.haze, 0.2 + distance * 0.3);
  const lit: string[] = [];
  const white: string[] = [];
  points.forEach((peak, i) => {
    const before = points[i - 3];
    const after = points[i + 3];
    if (!before || !after || peak.y >= before.y || peak.y >= after.y || peak.y > base - 50) return;
    const side = sun.x > peak.x ? 1 : -1;
    const drop = (base - peak.y) * dice.range(0.55, 0.9);
    lit.push(facet(dice, peak, side, drop, 0.78));
    if (scene.light.hour === "winter" || peak.y < base - 190)
      white.push(facet(dice, peak, side, drop * 0.42, 0.6), facet(dice, peak, -side, drop * 0.3, 0.6));
  });
  canvas.shape(lit.join(""), bright, { opacity: 0.55, outline: false });
  canvas.shape(white.join(""), snow, { opacity: 0.72, outline: false });
}

function facet(dice: Dice, peak: Point, side: number, drop: number, slope: number): string {
  const steps = 7;
  let inner = "";
  let outer = "";
  for (let k = 1; k <= steps; k += 1) {
    const y = (drop * k) / steps;
    outer += `L${n(peak.x + side * y * slope * dice.range(0.8, 1.1))} ${n(peak.y + y)}`;
    inner = `L${n(peak.x + side * y * slope * dice.range(0, 0.42) * (1 - k / steps) - side * y * 0.06)} ${n(peak.y + y * dice.range(0.75, 1))}${inner}`;
  }
  return `M${n(peak.x)} ${n(peak.y)}${outer}${inner}z`;
}

/** A bank of mist lying across the picture. */
export function paintMist(scene: Scene, y: number, height: number, opacity: number): void {
  const { canvas, light, width } = scene;
  const paint = canvas.linear([
    [0, light.haze, 0],
    [0.5, light.haze, opacity],
    [1, light.haze, 0],
  ]);
  canvas.add(
    `<rect x="0" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" fill="${paint.url}"/>`,
  );
}

/** Rocks along a line, lit from the side of the sun; `size` is their height. */
export function paintRocks(
  scene: Scene,
  from: number,
  to: number,
  y: number,
  size: number,
  tint?: Color,
): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork(`rocks ${from} ${y}`);
  const body = tint ?? mix(light.near, light.haze, 0.06);
  const bright: string[] = [];
  const shapes: string[] = [];
  for (let x = from; x < to; x += size * dice.range(0.35, 0.8)) {
    const h =
      size * dice.range(0.35, 1) * (1 - 0.55 * Math.abs((x - (from + to) / 2) / ((to - from) / 2 + 1)) ** 2);
    const w = size * dice.range(0.8, 1.6);
    const lean = dice.range(-0.16, 0.16) * w;
    const top = `${n(x - w * 0.2 + lean)} ${n(y - h)}`;
    const right = `${n(x + w * 0.22 + lean)} ${n(y - h * dice.range(0.78, 0.95))}`;
    shapes.push(
      `M${n(x - w / 2)} ${n(y + 6)}L${n(x - w * 0.38)} ${n(y - h * dice.range(0.4, 0.62))}L${top}L${right}L${n(x + w * 0.42)} ${n(y - h * dice.range(0.3, 0.5))}L${n(x + w / 2)} ${n(y + 6)}z`,
    );
    const side = sun.x > x ? 1 : -1;
    bright.push(
      `M${top}L${right}L${n(x + side * w * 0.36)} ${n(y - h * 0.36)}L${n(x + side * w * 0.08)} ${n(y - h * 0.45)}z`,
    );
  }
  canvas.shape(shapes.join(""), body);
  canvas.shape(bright.join(""), mix(body, light.sun, light.isDark ? 0.14 : 0.26), {
    opacity: 0.7,
    outline: false,
  });
}

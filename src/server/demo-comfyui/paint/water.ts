import { n } from "./canvas";
import { mix, shade, type Color } from "./color";
import { lineNoise } from "./noise";
import { has, type Scene } from "./scene";

/** Water from `top` to the lower edge of the picture: sky in it, the way of the light on it, ripples. */
export function paintWater(scene: Scene, top: number): void {
  const { canvas, light, width } = scene;
  const far = mix(light.skyLow, light.water, 0.35);
  const deep = shade(mix(light.water, light.near, 0.5), -0.02);
  const water = canvas.linear([
    [0, mix(far, light.haze, 0.3)],
    [0.22, mix(far, light.water, 0.6)],
    [1, deep],
  ]);
  canvas.shape(`M0 ${n(top)}H${n(width)}V1000H0z`, water, { outline: false });
  paintRipples(scene, top);
  if (light.hour !== "storm" && light.hour !== "fog") paintGlitter(scene, top);
  else canvas.glow(scene.sun.x, top + 30, width * 0.3, light.skyLow, 0.4, 0.25);
}

/** Short strokes, thin and close together far away, long and wide near by. */
function paintRipples(scene: Scene, top: number): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("ripples");
  const rough = light.hour === "storm" ? 1.6 : light.hour === "fog" ? 0.5 : 1;
  const bright: string[] = [];
  const dark: string[] = [];
  const count = 190;
  for (let i = 0; i < count; i += 1) {
    const depth = dice.next() ** 1.7;
    const y = top + 3 + depth * (1000 - top);
    const length = (18 + depth * 190) * dice.range(0.5, 1.4);
    const x = dice.range(-60, width);
    const bow = (1 + depth * 7) * rough * dice.range(-1, 1);
    const thick = (0.8 + depth * 5.5) * rough;
    const stroke = `M${n(x)} ${n(y)}q${n(length / 2)} ${n(bow - thick)} ${n(length)} 0q${n(-length / 2)} ${n(bow + thick)} ${n(-length)} 0z`;
    (dice.chance(0.55) ? bright : dark).push(stroke);
  }
  canvas.shape(dark.join(""), shade(light.water, light.isDark ? -0.07 : -0.12), {
    opacity: 0.3,
    outline: false,
  });
  canvas.shape(bright.join(""), mix(light.skyLow, light.skyMid, 0.4), {
    opacity: light.isDark ? 0.22 : 0.34,
    outline: false,
  });
}

/** The light's path on the water: denser towards its middle, wider towards the viewer. */
function paintGlitter(scene: Scene, top: number): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork("glitter");
  const spread = light.hour === "night" ? 34 : 58;
  canvas.glow(sun.x, top, spread * 6, light.sun, 0.45, 0.5);
  const groups: [string[], string[]] = [[], []];
  const count = light.hour === "day" || light.hour === "winter" ? 110 : 170;
  for (let i = 0; i < count; i += 1) {
    const depth = dice.next() ** 1.45;
    const y = top + 2 + depth * (1000 - top) * 0.96;
    const off = (dice.next() + dice.next() + dice.next() - 1.5) * (spread * (0.5 + depth * 2.6));
    const length = (9 + depth * 75) * dice.range(0.35, 1);
    const thick = 1 + depth * 4.6;
    const x = sun.x + off - length / 2;
    const stroke = `M${n(x)} ${n(y)}q${n(length / 2)} ${n(-thick)} ${n(length)} 0q${n(-length / 2)} ${n(thick)} ${n(-length)} 0z`;
    groups[i % 2]?.push(stroke);
  }
  canvas.shape(groups[0].join(""), light.sun, { opacity: light.hour === "day" ? 0.5 : 0.78, outline: false });
  canvas.shape(groups[1].join(""), mix(light.sun, light.skyLow, 0.5), { opacity: 0.5, outline: false });
}

/** A rolling sea: crests one behind the other, lit through at the top, with white caps on the near ones. */
export function paintSwell(scene: Scene, top: number, height: number): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("swell");
  const rows = 7;
  const foam = mix(light.sun, light.haze, light.isDark ? 0.55 : 0.25);
  for (let i = 0; i < rows; i += 1) {
    const depth = i / (rows - 1);
    const base = top + (1000 - top) * (0.06 + 0.86 * depth ** 1.3);
    const amplitude = height * (0.2 + 1.15 * depth);
    const length = 210 + depth * 560;
    const points = waveLine(dice.fork(`row ${i}`), width, base, amplitude, length);
    const body = mix(mix(light.water, light.haze, 0.5 * (1 - depth)), light.near, depth * 0.45);
    const through = mix(body, mix(light.skyLow, light.water, 0.35), light.isDark ? 0.35 : 0.55);
    const paint = canvas.linear(
      [
        [0, through],
        [0.3, body],
        [1, shade(mix(body, light.near, 0.35), -0.03)],
      ],
      { x1: 0, y1: base - amplitude, x2: 0, y2: base + amplitude * 0.9 },
    );
    const d = points.map(({ x, y }) => `${n(x)} ${n(y)}`).join("L");
    canvas.shape(`M${d}L${n(width + 20)} 1010L-20 1010z`, paint);
    canvas.line(`M${d}`, mix(through, light.sun, 0.35), 1 + depth * 1.6, 0.5);
    paintCaps(scene, points, depth, foam, base - amplitude * 0.45);
  }
}

interface Point {
  x: number;
  y: number;
}

function waveLine(
  dice: Scene["dice"],
  width: number,
  base: number,
  amplitude: number,
  length: number,
): Point[] {
  const rough = lineNoise(dice.fork("rough"), 3);
  const phase = dice.range(0, Math.PI * 2);
  const points: Point[] = [];
  for (let x = -20; x <= width + 20; x += 7) {
    const t = (x / length) * Math.PI + phase + rough(x / 520) * 1.1;
    // Peaked crests that lean, flat troughs.
    const wave = Math.sin(t + 0.42 * Math.sin(t));
    const crest = ((wave + 1) / 2) ** 2.1;
    points.push({
      x,
      y: base - amplitude * crest * (0.7 + 0.42 * rough(x / 370 + 9)) - rough(x / 46) * amplitude * 0.05,
    });
  }
  return points;
}

/** White water on the crests: thick at the top, torn along its lower edge. */
function paintCaps(scene: Scene, points: readonly Point[], depth: number, foam: Color, above: number): void {
  const { canvas } = scene;
  const dice = scene.dice.fork(`caps ${depth}`);
  const tear = lineNoise(dice, 4);
  const shapes: string[] = [];
  const flecks: string[] = [];
  let run: Point[] = [];
  const close = () => {
    if (run.length > 5 && dice.chance(0.35 + depth * 0.5)) {
      const [start, end] = [run[0]?.x ?? 0, run.at(-1)?.x ?? 0];
      const lower = run.map(({ x, y }) => {
        const t = (x - start) / (end - start);
        const thick =
          (3 + depth * 30) *
          Math.sin(Math.PI * t) ** 1.2 *
          (0.35 + 0.65 * Math.abs(tear(x / (9 + depth * 26))));
        return `${n(x)} ${n(y + thick)}`;
      });
      shapes.push(`M${run.map(({ x, y }) => `${n(x)} ${n(y - 1)}`).join("L")}L${lower.reverse().join("L")}z`);
      for (let k = 0; k < 5 + depth * 12; k += 1) {
        const x = dice.range(start - (end - start) * 0.3, end + (end - start) * 0.3);
        const y = (run[Math.floor(run.length / 2)]?.y ?? 0) + dice.range(0.2, 1.6) * (16 + depth * 70);
        const w = (5 + depth * 44) * dice.range(0.3, 1);
        flecks.push(
          `M${n(x)} ${n(y)}q${n(w / 2)} ${n(-1 - depth * 3)} ${n(w)} ${n(dice.range(0, 4))}q${n(-w / 2)} ${n(1 + depth * 3)} ${n(-w)} ${n(dice.range(-4, 0))}z`,
        );
      }
    }
    run = [];
  };
  for (const point of points) {
    if (point.y < above) run.push(point);
    else close();
  }
  close();
  canvas.shape(flecks.join(""), foam, { opacity: 0.3, outline: false });
  canvas.shape(shapes.join(""), foam, { opacity: 0.5 + depth * 0.38, outline: false });
}

/** Whether the sea of this scene rolls. */
export function isRough(scene: Scene): boolean {
  return has(scene, "waves") || (scene.light.hour === "storm" && has(scene, "sea", "ship", "lighthouse"));
}

import { n } from "./canvas";
import { color, mix, shade } from "./color";
import { paintFigure } from "./figure";
import { atDistance, has, type Scene } from "./scene";
import { paintSky } from "./sky";
import { paintMist } from "./terrain";
import { paintWater } from "./water";

/** A city: its skyline over water, or one of its streets. */
export function paintCity(scene: Scene): void {
  const street = /\b(streets?|avenue|square|rain\w*|market|crowd)\b/.test(scene.brief.subject.toLowerCase());
  if (street || (!has(scene, "river", "sea", "bridge") && scene.dice.fork("city").chance(0.4)))
    paintStreet(scene);
  else paintSkyline(scene);
}

function isLit(scene: Scene): boolean {
  return scene.light.isDark || scene.light.hour === "storm" || scene.light.hour === "fog";
}

function paintSkyline(scene: Scene): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("skyline");
  paintSky(scene);
  const rows = 4;
  for (let row = 0; row < rows; row += 1) {
    const t = row / (rows - 1);
    const body = atDistance(scene, mix(light.near, { l: 0.4, c: 0.04, h: 250 }, 0.25), 0.84 * (1 - t));
    const windows: string[] = [];
    const faces: string[] = [];
    let d = "";
    for (let x = -20; x < width + 20;) {
      const w = dice.range(34, 84) * (0.7 + t * 0.55);
      const centre = 1 - Math.abs(x / width - 0.5) * 1.25;
      const h =
        (dice.range(40, 170) + dice.next() ** 2.6 * 330) * (0.55 + 0.55 * centre) * (1 - t * 0.42) + 24;
      const y = horizon - h;
      d += `M${n(x)} ${n(horizon + 8)}V${n(y)}`;
      if (dice.chance(0.2)) d += `l${n(w / 2)} ${n(-w * 0.6)}l${n(w / 2)} ${n(w * 0.6)}`;
      else if (dice.chance(0.4))
        d += `h${n(w * 0.22)}v${n(-w * 0.3)}h${n(w * 0.56)}v${n(w * 0.3)}h${n(w * 0.22)}`;
      else d += `h${n(w)}`;
      d += `V${n(horizon + 8)}z`;
      if (h > 260 && dice.chance(0.7)) d += `M${n(x + w / 2 - 1.5)} ${n(y)}v${n(-dice.range(40, 90))}h3v90z`;
      faces.push(
        `M${n(sun.x > x ? x : x + w * 0.6)} ${n(horizon + 8)}V${n(y)}h${n(w * 0.4)}V${n(horizon + 8)}z`,
      );
      const step = 9 + t * 4;
      if (t > 0.2)
        for (let wy = y + 10; wy < horizon - 8; wy += step * 1.25)
          for (let wx = x + 6; wx < x + w - 7; wx += step)
            if (dice.chance(isLit(scene) ? 0.4 : 0.16))
              windows.push(`M${n(wx)} ${n(wy)}h${n(step * 0.45)}v${n(step * 0.6)}h${n(-step * 0.45)}z`);
      x += w * dice.range(0.82, 1.12);
    }
    canvas.shape(
      d,
      canvas.linear(
        [
          [0, body],
          [1, mix(body, light.haze, 0.34)],
        ],
        { x1: 0, y1: horizon - 360, x2: 0, y2: horizon },
      ),
    );
    canvas.shape(faces.join(""), shade(body, -0.05), { opacity: 0.35, outline: false });
    canvas.shape(windows.join(""), isLit(scene) ? light.lamp : mix(light.sun, body, 0.45), {
      opacity: isLit(scene) ? 0.85 : 0.5,
      outline: false,
    });
  }
  if (has(scene, "bridge")) paintSuspension(scene);
  if (light.isDark)
    canvas.glow(width / 2, horizon, width * 0.6, mix(light.lamp, light.skyLow, 0.4), 0.4, 0.24);
  paintWater(scene, horizon + 4);
  const lights: string[] = [];
  if (isLit(scene))
    for (let i = 0; i < 90; i += 1)
      lights.push(
        `M${n(dice.range(0, width))} ${n(horizon + 6 + dice.next() ** 1.6 * 190)}h${n(dice.range(4, 20))}v${n(dice.range(1.5, 4))}h-9z`,
      );
  canvas.shape(lights.join(""), light.lamp, { opacity: 0.5, outline: false });
  if (light.hour === "fog" || light.hour === "dawn") paintMist(scene, horizon, 190, 0.8);
}

function paintSuspension(scene: Scene): void {
  const { canvas, light, width, horizon } = scene;
  const steel = mix(light.near, light.haze, 0.12);
  const y = horizon - 26;
  const towers = [width * 0.22, width * 0.78];
  for (const x of towers)
    canvas.shape(
      `M${n(x - 22)} ${n(horizon + 30)}L${n(x - 15)} ${n(y - 300)}h30L${n(x + 22)} ${n(horizon + 30)}h-12V${n(y - 60)}h-20V${n(horizon + 30)}zM${n(x - 8)} ${n(y - 84)}v-90h16v90z`,
      steel,
    );
  const cable = `M-40 ${n(y - 40)}Q${n(width * 0.14)} ${n(y - 60)} ${n(width * 0.22)} ${n(y - 292)}Q${n(width / 2)} ${n(y + 240)} ${n(width * 0.78)} ${n(y - 292)}Q${n(width * 0.86)} ${n(y - 60)} ${n(width + 40)} ${n(y - 40)}`;
  canvas.line(cable, steel, 6);
  let hangers = "";
  for (let i = 1; i < 28; i += 1) {
    const t = i / 28;
    const x = width * (0.22 + 0.56 * t);
    const cy = (1 - t) ** 2 * (y - 292) + 2 * t * (1 - t) * (y + 240) + t ** 2 * (y - 292);
    hangers += `M${n(x)} ${n(Math.min(cy, y))}V${n(y)}`;
  }
  canvas.line(hangers, steel, 2, 0.8);
  canvas.shape(`M-40 ${n(y - 6)}H${n(width + 40)}V${n(y + 12)}H-40z`, steel);
}

/** A street that runs away from the viewer between houses, wet enough to shine. */
function paintStreet(scene: Scene): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("street");
  const eye = horizon - 20;
  const cx = width * (0.5 + dice.range(-0.08, 0.08));
  paintSky({ ...scene, horizon: eye + 40 });
  canvas.glow(cx, eye, width * 0.3, mix(light.sun, light.skyLow, 0.4), 0.7);
  const half = width * 0.52;
  const at = (side: number, z: number, height: number) => ({
    x: cx + (side * half) / z,
    y: eye + (430 - height) / z,
  });
  const ground = canvas.linear(
    [
      [0, mix(light.haze, light.skyLow, 0.4)],
      [0.3, mix(light.haze, light.near, 0.45)],
      [1, light.near],
    ],
    { x1: 0, y1: eye, x2: 0, y2: 1000 },
  );
  canvas.shape(`M0 ${n(eye)}H${n(width)}V1000H0z`, ground, { outline: false });
  const depths = [8, 5.6, 4.1, 3, 2.2, 1.62, 1.2, 0.85];
  for (let i = 0; i < depths.length - 1; i += 1) {
    const far = depths[i] ?? 1;
    const near = depths[i + 1] ?? 1;
    const distance = Math.min(0.9, ((far - 0.6) / 9) ** 0.55);
    for (const side of [-1, 1]) {
      const height = dice.range(720, 1250);
      const tint = dice.pick([
        color(0.42, 0.05, 40),
        color(0.5, 0.03, 70),
        color(0.38, 0.04, 250),
        color(0.45, 0.02, 120),
      ]);
      const wall = atDistance(scene, mix(light.near, tint, light.isDark ? 0.16 : 0.42), distance);
      const corner = (z: number, h: number) => `${n(at(side, z, h).x)} ${n(at(side, z, h).y)}`;
      canvas.shape(
        `M${corner(far, 0)}L${corner(far, height)}L${corner(near, height)}L${corner(near, 0)}z`,
        canvas.linear(
          [
            [0, mix(wall, light.haze, 0.2)],
            [1, wall],
          ],
          { x1: at(side, far, 0).x, y1: 0, x2: at(side, near, 0).x, y2: 0 },
        ),
      );
      // The end of a lower house shows the higher one behind it.
      canvas.shape(
        `M${corner(far, height)}L${corner(near, height)}L${corner(near, height + 26)}L${corner(far, height + 26)}z`,
        mix(wall, light.near, 0.4),
      );
      const lit: string[] = [];
      const dark: string[] = [];
      const columns = 4;
      for (let k = 0; k < columns; k += 1) {
        const za = 1 / (1 / far + (1 / near - 1 / far) * ((k + 0.25) / columns));
        const zb = 1 / (1 / far + (1 / near - 1 / far) * ((k + 0.72) / columns));
        for (let h = 190; h < height - 110; h += 150) {
          const quad = `M${corner(za, h)}L${corner(za, h + 88)}L${corner(zb, h + 88)}L${corner(zb, h)}z`;
          (isLit(scene) && dice.chance(0.36) ? lit : dark).push(quad);
        }
        const door = `M${corner(za, 0)}L${corner(za, 120)}L${corner(zb, 120)}L${corner(zb, 0)}z`;
        (dice.chance(isLit(scene) ? 0.6 : 0.2) ? lit : dark).push(door);
      }
      canvas.shape(dark.join(""), mix(wall, light.near, 0.5), { opacity: 0.7, outline: false });
      canvas.shape(lit.join(""), light.lamp, { opacity: 0.5 + 0.45 * (1 - distance), outline: false });
    }
    if (i === 3) paintMist(scene, eye + 60, 200, 0.35);
  }
  // What shines in the wet street: the sky at its end, and lamps along it.
  canvas.shape(
    `M${n(cx - 40)} ${n(eye + 52)}L${n(cx - 230)} 1000H${n(cx + 230)}L${n(cx + 40)} ${n(eye + 52)}z`,
    canvas.linear(
      [
        [0, light.skyLow, 0.55],
        [1, light.skyMid, 0.04],
      ],
      { x1: 0, y1: eye, x2: 0, y2: 1000 },
    ),
    { outline: false },
  );
  for (const z of [4.6, 2.9, 1.85]) {
    for (const side of [-1, 1]) {
      const foot = at(side * 0.8, z, 0);
      const head = at(side * 0.8, z, 330);
      canvas.line(`M${n(foot.x)} ${n(foot.y)}V${n(head.y)}h${n((-side * 44) / z)}`, light.near, 11 / z);
      if (!isLit(scene)) continue;
      const lx = head.x - (side * 44) / z;
      canvas.glow(lx, head.y + 8 / z, 330 / z, light.lamp, 0.75);
      canvas.disc(lx, head.y + 6 / z, 13 / z, mix(light.lamp, light.sun, 0.5));
      canvas.glow(lx, foot.y + 24 / z, 200 / z, light.lamp, 0.45, 0.5);
    }
  }
  const people = has(scene, "crowd") ? 9 : dice.int(1, 2);
  for (let k = people; k > 0; k -= 1) {
    const z = people > 2 ? 1.5 + k * 0.42 : dice.range(2, 2.6) + k * 0.5;
    const side = dice.range(-0.42, 0.42);
    paintFigure(scene, {
      x: at(side, z, 0).x,
      y: at(side, z, 0).y,
      height: 420 / z,
      pose: has(scene, "rain") || scene.brief.style === "noir" ? "umbrella" : "walk",
      distance: Math.min(0.4, z / 14),
    });
  }
}

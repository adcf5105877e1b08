import { paintBridge } from "./bridge";
import { n } from "./canvas";
import { color, mix } from "./color";
import { paintHouses } from "./houses";
import { paintChurch } from "./landmarks";
import { type Scene, atDistance, has } from "./scene";
import { fillBelow, ridgeLine } from "./terrain";
import { broadleaf, coniferBelt } from "./trees";

/** Fields in folds, with what stands on them. */
export function paintMeadow(scene: Scene, side: number): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("meadow");
  const snowy = light.hour === "winter" || has(scene, "snow");
  const crop = snowy
    ? light.land
    : has(scene, "field") && !light.isDark
      ? mix(light.land, color(0.75, 0.12, 88), 0.55)
      : light.land;
  const folds = 4;
  for (let i = 0; i < folds; i += 1) {
    const t = i / folds;
    const base = horizon + 60 + (1000 - horizon - 60) * t ** 1.15;
    const points = ridgeLine(dice.fork(`fold ${i}`), width, base, 50 + 90 * t, 640, false);
    const tint = i % 2 ? mix(crop, light.near, snowy ? 0.1 : 0.24) : crop;
    const body = mix(
      atDistance(scene, tint, 0.62 * (1 - t)),
      light.near,
      light.isDark ? 0.2 + t * 0.3 : t * (snowy ? 0.1 : 0.34),
    );
    const top = Math.min(...points.map(({ y }) => y));
    const paint = canvas.linear(
      [
        [0, mix(body, light.sun, light.isDark ? 0.05 : 0.2)],
        [0.35, body],
        [1, mix(body, light.near, snowy ? 0.2 : 0.42)],
      ],
      { x1: 0, y1: top, x2: 0, y2: base + 150 },
    );
    canvas.shape(fillBelow(points, 1010), paint);
    const ground = groundOf(points);
    if (has(scene, "field") && i > 0) paintFurrows(scene, points, base, t);
    if (i === 0) paintFarThings(scene, ground, side);
    if (i === 1 && (has(scene, "forest") || dice.chance(0.5))) {
      const from = side > 0 ? 0 : width * 0.55;
      const dark = atDistance(scene, mix(light.near, light.land, snowy ? 0.02 : 0.2), 0.3);
      canvas.shape(coniferBelt(dice.fork("belt"), from, from + width * 0.45, ground, 80, 1.5), dark);
    }
    if (i === 2 && (has(scene, "tree") || (has(scene, "field") && !has(scene, "village")))) {
      const x = width * (0.5 + side * 0.22);
      const tree = broadleaf(dice.fork("tree"), x, ground(x) + 6, dice.range(300, 380), Math.sign(sun.x - x));
      const leaf = snowy
        ? mix(light.near, light.haze, 0.3)
        : mix(light.near, light.land, light.isDark ? 0.12 : 0.42);
      canvas.shape(tree.trunk, light.near);
      canvas.shape(tree.crown, leaf);
      canvas.shape(tree.lit, mix(leaf, light.sun, light.isDark ? 0.1 : 0.26), {
        opacity: 0.8,
        outline: false,
      });
      canvas.glow(x, ground(x) + 14, 190, light.near, 0.4, 0.1);
    }
  }
}

function paintFarThings(scene: Scene, ground: (x: number) => number, side: number): void {
  const { width, horizon } = scene;
  const centre = width * (0.5 - side * 0.16);
  const y = ground(centre);
  if (has(scene, "church")) paintChurch(scene, centre + side * 130, ground(centre + side * 130) + 4, 0.62);
  if (has(scene, "village", "church"))
    paintHouses(scene, {
      from: centre - 330,
      to: centre + 300,
      y: y + 16,
      size: 52,
      rows: 2,
      distance: 0.34,
    });
  if (has(scene, "train")) paintBridge(scene, { y: horizon - 30, arches: 7, height: 150, train: true });
}

function groundOf(points: readonly { x: number; y: number }[]): (x: number) => number {
  return (x) => points[Math.min(points.length - 1, Math.max(0, Math.round((x + 10) / 12)))]?.y ?? 0;
}

/** Rows of a crop, running together far away. */
function paintFurrows(
  scene: Scene,
  points: readonly { x: number; y: number }[],
  base: number,
  t: number,
): void {
  const { canvas, light, width } = scene;
  const at = groundOf(points);
  const vanish = width * 0.5;
  let d = "";
  for (let k = -14; k <= 14; k += 1) {
    const x = vanish + k * width * 0.055;
    d += `M${n(x)} ${n(at(x) + 4)}L${n(vanish + (x - vanish) * 2.6)} ${n(base + 260)}`;
  }
  canvas.line(d, light.near, 1.5 + t * 5, 0.16);
}

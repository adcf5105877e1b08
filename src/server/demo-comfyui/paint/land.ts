import { paintBridge } from "./bridge";
import { n } from "./canvas";
import { color, mix, shade, type Color } from "./color";
import { paintFactory } from "./factory";
import { paintFigure } from "./figure";
import { paintHouses } from "./houses";
import { paintCastle, paintChurch } from "./landmarks";
import { lineNoise } from "./noise";
import { atDistance, has, type Scene } from "./scene";
import { paintSky } from "./sky";
import { fillBelow, paintHills, paintMist, ridgeLine } from "./terrain";
import { broadleaf, conifer, coniferBelt, grass, trunks } from "./trees";
import { paintRowboat } from "./vessels";
import { paintWater } from "./water";

/** Open country: hills or mountains behind, then what the prompt puts in front of them. */
export function paintLand(scene: Scene): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("land");
  const side = dice.chance(0.5) ? 1 : -1;
  paintSky(scene);
  const wet = has(scene, "river", "bridge");
  if (has(scene, "desert")) paintDunes(scene, side);
  else {
    const sharp = has(scene, "mountain") || (!has(scene, "field", "village") && dice.chance(0.45));
    paintHills(scene, { chains: sharp ? 4 : 3, height: sharp ? dice.range(240, 360) : dice.range(90, 150), bottom: horizon + (wet ? 10 : 120), sharp });
    if (light.hour === "fog" || light.hour === "dawn" || light.hour === "winter") paintMist(scene, horizon + 10, 220, 0.75);
    if (has(scene, "castle")) paintCastle(scene, width * (0.5 + side * 0.2), horizon + 20, 1.05);
    if (has(scene, "factory")) paintFactory(scene, side);
    if (wet) paintRiver(scene, side);
    else paintMeadow(scene, side);
  }
  if (has(scene, "snow", "ice")) return;
  if (has(scene, "person", "crowd") && !wet && !has(scene, "factory")) paintWalkers(scene, side);
  canvas.shape(grass(dice.fork("grass"), -10, width + 10, () => 1004, 46, 15), light.near, { opacity: 0.92, outline: false });
}

/** Fields in folds, with what stands on them. */
function paintMeadow(scene: Scene, side: number): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("meadow");
  const snowy = light.hour === "winter" || has(scene, "snow");
  const crop = snowy ? light.land : has(scene, "field") && !light.isDark ? mix(light.land, color(0.75, 0.12, 88), 0.55) : light.land;
  const folds = 4;
  for (let i = 0; i < folds; i += 1) {
    const t = i / folds;
    const base = horizon + 60 + (1000 - horizon - 60) * t ** 1.15;
    const points = ridgeLine(dice.fork(`fold ${i}`), width, base, 34 + 60 * t, 900, false);
    const tint = i % 2 ? mix(crop, light.near, 0.16) : crop;
    const body = mix(atDistance(scene, tint, 0.62 * (1 - t)), light.near, light.isDark ? 0.2 + t * 0.3 : t * (snowy ? 0.1 : 0.34));
    const top = Math.min(...points.map(({ y }) => y));
    const paint = canvas.linear([[0, mix(body, light.sun, light.isDark ? 0.05 : 0.2)], [0.35, body], [1, mix(body, light.near, snowy ? 0.16 : 0.34)]], { x1: 0, y1: top, x2: 0, y2: base + 170 });
    canvas.shape(fillBelow(points, 1010), paint);
    const ground = groundOf(points);
    if (has(scene, "field") && i > 0) paintFurrows(scene, points, base, t);
    if (i === 0) paintFarThings(scene, ground, side);
    if (i === 1 && (has(scene, "forest") || dice.chance(0.5))) {
      const from = side > 0 ? 0 : width * 0.55;
      const dark = atDistance(scene, mix(light.near, light.land, snowy ? 0.02 : 0.2), 0.3);
      canvas.shape(coniferBelt(dice.fork("belt"), from, from + width * 0.45, ground, 80, 1.5), dark);
    }
    if (i === 1 && has(scene, "road")) paintRoad(scene, ground, side);
    if (i === 2 && (has(scene, "tree") || (has(scene, "field") && !has(scene, "village")))) {
      const x = width * (0.5 + side * 0.22);
      const tree = broadleaf(dice.fork("tree"), x, ground(x) + 6, dice.range(300, 380), Math.sign(sun.x - x));
      const leaf = snowy ? mix(light.near, light.haze, 0.3) : mix(light.near, light.land, light.isDark ? 0.12 : 0.42);
      canvas.shape(tree.trunk, light.near);
      canvas.shape(tree.crown, leaf);
      canvas.shape(tree.lit, mix(leaf, light.sun, light.isDark ? 0.1 : 0.26), { opacity: 0.8, outline: false });
      canvas.glow(x, ground(x) + 14, 190, light.near, 0.4, 0.1);
    }
  }
}

function paintFarThings(scene: Scene, ground: (x: number) => number, side: number): void {
  const { width, horizon } = scene;
  const centre = width * (0.5 - side * 0.16);
  const y = ground(centre);
  if (has(scene, "church")) paintChurch(scene, centre + side * 130, ground(centre + side * 130) + 4, 0.62);
  if (has(scene, "village", "church")) paintHouses(scene, { from: centre - 330, to: centre + 300, y: y + 16, size: 52, rows: 2, distance: 0.34 });
  if (has(scene, "train")) paintBridge(scene, { y: horizon - 30, arches: 7, height: 150, train: true });
}

function groundOf(points: readonly { x: number; y: number }[]): (x: number) => number {
  return (x) => points[Math.min(points.length - 1, Math.max(0, Math.round((x + 10) / 12)))]?.y ?? 0;
}

/** Rows of a crop, running together far away. */
function paintFurrows(scene: Scene, points: readonly { x: number; y: number }[], base: number, t: number): void {
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

function paintRoad(scene: Scene, ground: (x: number) => number, side: number): void {
  const { canvas, light, width } = scene;
  const far = width * (0.5 + side * 0.12);
  const y = ground(far) + 6;
  const dust = mix(light.haze, light.land, 0.3);
  canvas.shape(`M${n(far - 5)} ${n(y)}C${n(far + side * 190)} ${n(y + 110)} ${n(far - side * 320)} ${n(y + 170)} ${n(width * 0.5 - 210)} 1010H${n(width * 0.5 + 160)}C${n(far - side * 190)} ${n(y + 190)} ${n(far + side * 260)} ${n(y + 120)} ${n(far + 5)} ${n(y)}z`, dust, { opacity: 0.85 });
}

/** A river towards the viewer, or a lake, with banks; a bridge where one is asked for. */
function paintRiver(scene: Scene, side: number): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("river");
  const bank = mix(light.land, light.near, light.isDark ? 0.5 : 0.36);
  if (has(scene, "village", "church", "city") || dice.chance(0.35)) {
    const from = side > 0 ? width * 0.05 : width * 0.5;
    paintHouses(scene, { from, to: from + width * 0.45, y: horizon + 6, size: 52, rows: 2, distance: 0.42 });
    if (has(scene, "church")) paintChurch(scene, from + width * 0.2, horizon, 0.62);
  } else {
    canvas.shape(coniferBelt(dice.fork("far"), -10, width, () => horizon + 6, 62, 1.6), atDistance(scene, mix(light.near, light.land, 0.2), 0.52));
  }
  if (has(scene, "bridge")) paintBridge(scene, { y: horizon - 36, arches: dice.int(3, 5), height: 92, train: has(scene, "train") });
  paintWater(scene, horizon + 4);
  if (light.hour === "fog" || light.hour === "dawn") paintMist(scene, horizon + 20, 170, 0.75);
  if (has(scene, "rowboat", "sailboat")) paintRowboat(scene, width * (0.5 - side * 0.12), 800, 1.15, side > 0);
  for (const edge of [side, -side]) {
    const reach = width * (edge === side ? dice.range(0.4, 0.52) : dice.range(0.14, 0.24));
    const start = edge === side ? dice.range(740, 800) : dice.range(850, 900);
    const rough = lineNoise(dice.fork(`bank ${edge}`), 4);
    const x0 = edge > 0 ? width : 0;
    let d = `M${n(x0)} ${n(start)}`;
    for (let k = 0; k <= 20; k += 1) {
      const t = k / 20;
      d += `L${n(x0 - edge * reach * t)} ${n(start + (1010 - start) * t ** 2.1 + rough(t * 6) * 12 * (1 - t))}`;
    }
    canvas.shape(`${d}L${n(x0)} 1010z`, mix(bank, light.near, 0.35));
    const at = (x: number) => start + (1010 - start) * Math.min(1, Math.abs(x0 - x) / reach) ** 2.1;
    const [from, to] = edge > 0 ? [width - reach * 0.8, width + 10] : [-10, reach * 0.8];
    canvas.shape(grass(dice.fork(`reeds ${edge}`), from, to, at, 92, 9), mix(light.near, light.land, 0.12), { outline: false });
    if (edge === side && !has(scene, "bridge")) canvas.shape(conifer(dice, x0 - edge * 110, start + 20, 420) + conifer(dice, x0 - edge * 240, start + 40, 330), light.near);
  }
}

function paintDunes(scene: Scene, side: number): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("dunes");
  const sand = light.isDark ? mix(light.near, color(0.5, 0.08, 60), 0.35) : mix(light.land, color(0.76, 0.11, 66), 0.75);
  for (let i = 0; i < 5; i += 1) {
    const t = i / 5;
    const base = horizon + (1000 - horizon) * t ** 1.2;
    const crest = width * (0.5 + (i % 2 ? side : -side) * dice.range(0.05, 0.4));
    const h = 70 + t * 150;
    const body = atDistance(scene, sand, 0.75 * (1 - t));
    const dark = mix(body, light.near, 0.34);
    const right = sun.x > crest;
    canvas.shape(`M-20 ${n(base + 40)}Q${n(crest * 0.5)} ${n(base + 20)} ${n(crest)} ${n(base - h)}Q${n((crest + width) / 2)} ${n(base + 10)} ${n(width + 20)} ${n(base + 30)}V1010H-20z`, right ? dark : body);
    canvas.shape(`M${n(crest)} ${n(base - h)}C${n(crest + 60)} ${n(base)} ${n(crest - 120)} ${n(base + 90)} ${n(crest + 30)} 1010H${right ? n(width + 20) : -20}V${n(base + (right ? 30 : 40))}Q${n(right ? (crest + width) / 2 : crest * 0.5)} ${n(base + (right ? 10 : 20))} ${n(crest)} ${n(base - h)}z`, right ? body : dark, { outline: false });
    if (i === 2) for (let k = 0; k < 5; k += 1) paintFigure(scene, { x: crest - side * (90 + k * 46), y: base - h * 0.36 + k * 9, height: 42, pose: "walk", distance: 0.2 });
  }
}

function paintWalkers(scene: Scene, side: number): void {
  const { width } = scene;
  const dice = scene.dice.fork("walkers");
  const count = has(scene, "crowd") ? 7 : 1;
  for (let k = 0; k < count; k += 1) {
    const height = count > 1 ? dice.range(120, 150) : dice.range(230, 280);
    paintFigure(scene, { x: width * (0.5 - side * (count > 1 ? 0.32 - k * 0.075 : 0.2)), y: 930 - k * 5, height, pose: count > 1 && k % 3 === 1 ? "carry" : "walk", distance: 0 });
  }
}

/** Inside a wood: trunks in the mist, one behind the other, and light between them. */
export function paintForest(scene: Scene): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("forest");
  const air = canvas.linear([[0, mix(light.skyMid, light.near, 0.25)], [0.5, light.haze], [0.75, mix(light.skyLow, light.haze, 0.4)], [1, mix(light.land, light.haze, 0.4)]]);
  canvas.shape(`M0 0H${n(width)}V1000H0z`, air, { outline: false });
  canvas.glow(sun.x, 430, 900, light.sun, light.isDark ? 0.3 : 0.75);
  const rows = 5;
  for (let i = 0; i < rows; i += 1) {
    const t = i / (rows - 1);
    const floor = 690 + t * 250;
    const bark: Color = mix(atDistance(scene, mix(light.near, light.land, 0.08), 0.82 * (1 - t)), light.near, t * 0.55);
    canvas.shape(trunks(dice.fork(`row ${i}`), -30, width + 30, floor, 12 + t ** 1.6 * 62, 60 + t * 250), bark);
    const earth = mix(atDistance(scene, light.land, 0.7 * (1 - t)), light.near, 0.2 + t * 0.45);
    const points = ridgeLine(dice.fork(`floor ${i}`), width, floor, 22, 300, false);
    canvas.shape(fillBelow(points, 1010), canvas.linear([[0, mix(earth, light.sun, light.isDark ? 0.03 : 0.14)], [1, earth]], { x1: 0, y1: floor - 20, x2: 0, y2: floor + 120 }));
    if (t < 0.8) {
      paintMist(scene, floor + 10, 220, 0.5 * (1 - t));
      if (i === 1 || i === 2) paintRays(scene, dice.fork(`rays ${i}`));
    }
  }
  canvas.shape(grass(dice.fork("fern"), -10, width + 10, () => 985, 84, 15), mix(light.near, light.land, 0.1), { outline: false });
  if (has(scene, "person", "crowd")) paintFigure(scene, { x: width * dice.range(0.4, 0.6), y: 900, height: 210, pose: "walk", distance: 0.12 });
  canvas.shape(`M0 0H${n(width)}V190Q${n(width * 0.8)} 120 ${n(width * 0.62)} 40T${n(width * 0.3)} 60T0 210z`, shade(mix(light.near, light.haze, 0.06), 0), { opacity: 0.5, outline: false });
}

function paintRays(scene: Scene, dice: Scene["dice"]): void {
  const { canvas, light, sun } = scene;
  for (let k = 0; k < 5; k += 1) {
    const x = sun.x + dice.range(-360, 360);
    const drift = (x - sun.x) * 0.7 + dice.range(60, 200) * (sun.x > scene.width / 2 ? -1 : 1);
    const w = dice.range(24, 80);
    const paint = canvas.linear([[0, light.sun, light.isDark ? 0.1 : 0.34], [1, light.sun, 0]], { x1: 0, y1: 0, x2: 0, y2: 860 });
    canvas.add(`<path d="M${n(x)} -10h${n(w)}L${n(x + drift + w * 2.6)} 880h${n(-w * 2.4)}z" fill="${paint.url}"/>`);
  }
}

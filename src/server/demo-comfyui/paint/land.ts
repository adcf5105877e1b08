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
  if (wet || has(scene, "desert")) return;
  if (has(scene, "road")) paintRoad(scene, side, horizon + 86);
  if (has(scene, "person", "crowd") && !has(scene, "factory")) paintWalkers(scene, side);
  paintForeground(scene, -side);
}

/** What is nearest: dark ground with a fence, a bush or a tree that frames the view. */
function paintForeground(scene: Scene, side: number): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("foreground");
  const snowy = light.hour === "winter" || has(scene, "snow");
  const dark = mix(light.near, light.land, snowy ? 0.35 : light.isDark ? 0.06 : 0.16);
  const hill = ridgeLine(dice.fork("hill"), width, 955, 70, 760, false).map(({ x, y }) => ({ x, y: y - 70 * Math.max(0, (side > 0 ? x / width : 1 - x / width) - 0.35) }));
  const at = (x: number) => hill[Math.min(hill.length - 1, Math.max(0, Math.round((x + 10) / 12)))]?.y ?? 960;
  canvas.shape(fillBelow(hill, 1010), canvas.linear([[0, mix(dark, light.sun, light.isDark ? 0.03 : 0.14)], [1, dark]], { x1: 0, y1: 860, x2: 0, y2: 1000 }));
  const kind = has(scene, "fire") ? "fire" : has(scene, "forest", "mountain") ? "firs" : snowy ? "firs" : dice.pick(["fence", "tree", "firs", "open"]);
  const edge = side > 0 ? width : 0;
  if (kind === "firs") {
    const firs = Array.from({ length: 5 }, (_, k) => {
      const x = edge - side * (40 + k * dice.range(70, 105));
      return conifer(dice.fork(`fir ${k}`), x, at(x) + 20, dice.range(260, 520) * (1 - k * 0.12));
    });
    canvas.shape(firs.join(""), mix(light.near, light.haze, 0.04));
  } else if (kind === "tree") {
    const x = edge - side * width * 0.11;
    const tree = broadleaf(dice.fork("near tree"), x, at(x) + 14, dice.range(520, 640), Math.sign(sun.x - x));
    const leaf = mix(light.near, light.land, light.isDark ? 0.08 : 0.26);
    canvas.shape(tree.trunk, light.near);
    canvas.shape(tree.crown, leaf);
    canvas.shape(tree.lit, mix(leaf, light.sun, light.isDark ? 0.08 : 0.22), { opacity: 0.8, outline: false });
  } else if (kind === "fence") {
    let rails = "";
    let posts = "";
    for (let k = 0; k < 12; k += 1) {
      const x = edge - side * k * (150 - k * 7);
      const h = 104 - k * 6;
      posts += `M${n(x)} ${n(at(x) + 8)}V${n(at(x) - h)}`;
      rails += `${k ? "L" : "M"}${n(x)} ${n(at(x) - h * 0.78)}`;
    }
    canvas.line(posts, light.near, 11);
    canvas.line(rails, light.near, 5.5);
  } else if (kind === "fire") paintCamp(scene, width * (0.5 - side * 0.06), at(width * (0.5 - side * 0.06)), side);
  if (!snowy) {
    canvas.shape(grass(dice.fork("near grass"), -10, width + 10, (x) => at(x) + 4, 58, 9), mix(light.near, light.land, 0.08), { outline: false });
    if (!light.isDark && dice.chance(0.6)) paintFlowers(scene, at);
  }
}

function paintFlowers(scene: Scene, at: (x: number) => number): void {
  const { canvas, width } = scene;
  const dice = scene.dice.fork("flowers");
  const tint = dice.pick([color(0.9, 0.1, 90), color(0.72, 0.16, 20), color(0.75, 0.1, 300), color(0.95, 0.02, 90)]);
  for (let k = 0; k < 46; k += 1) {
    const x = dice.range(0, width);
    canvas.disc(x, at(x) - dice.range(6, 44), dice.range(2.5, 6), tint, 0.85);
  }
}

/** A fire, a tent lit from within, and its light on the ground. */
function paintCamp(scene: Scene, x: number, y: number, side: number): void {
  const { canvas, light } = scene;
  const flame = color(0.86, 0.16, 72);
  canvas.glow(x, y - 40, 620, flame, 0.6);
  canvas.glow(x, y + 6, 330, flame, 0.6, 0.16);
  const tx = x + side * 250;
  canvas.shape(`M${n(tx - 150)} ${n(y + 8)}L${n(tx - 10)} ${n(y - 190)}L${n(tx + 150)} ${n(y + 8)}z`, canvas.linear([[0, mix(light.near, flame, 0.3)], [1, mix(color(0.62, 0.13, 55), flame, 0.5)]]));
  canvas.shape(`M${n(tx - 10)} ${n(y - 190)}L${n(tx - 42)} ${n(y + 8)}H${n(tx + 26)}z`, mix(light.near, flame, 0.1), { outline: false });
  canvas.line(`M${n(x - 56)} ${n(y + 6)}l112 -22M${n(x + 56)} ${n(y + 6)}l-112 -22`, light.near, 15);
  canvas.shape(`M${n(x - 40)} ${n(y - 6)}C${n(x - 60)} ${n(y - 60)} ${n(x - 6)} ${n(y - 70)} ${n(x - 8)} ${n(y - 136)}C${n(x + 34)} ${n(y - 90)} ${n(x + 58)} ${n(y - 50)} ${n(x + 38)} ${n(y - 6)}z`, color(0.75, 0.18, 48), { outline: false });
  canvas.shape(`M${n(x - 20)} ${n(y - 6)}C${n(x - 30)} ${n(y - 40)} ${n(x + 4)} ${n(y - 48)} ${n(x + 2)} ${n(y - 88)}C${n(x + 26)} ${n(y - 56)} ${n(x + 32)} ${n(y - 30)} ${n(x + 20)} ${n(y - 6)}z`, color(0.95, 0.11, 95), { outline: false });
  const dice = scene.dice.fork("sparks");
  for (let k = 0; k < 26; k += 1) canvas.disc(x + dice.range(-70, 70), y - 90 - dice.next() ** 1.6 * 330, dice.range(1.5, 4), flame, 0.8);
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
    const points = ridgeLine(dice.fork(`fold ${i}`), width, base, 50 + 90 * t, 640, false);
    const tint = i % 2 ? mix(crop, light.near, snowy ? 0.1 : 0.24) : crop;
    const body = mix(atDistance(scene, tint, 0.62 * (1 - t)), light.near, light.isDark ? 0.2 + t * 0.3 : t * (snowy ? 0.1 : 0.34));
    const top = Math.min(...points.map(({ y }) => y));
    const paint = canvas.linear([[0, mix(body, light.sun, light.isDark ? 0.05 : 0.2)], [0.35, body], [1, mix(body, light.near, snowy ? 0.2 : 0.42)]], { x1: 0, y1: top, x2: 0, y2: base + 150 });
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

/** A road that winds up from the lower edge to the hills. */
function paintRoad(scene: Scene, side: number, top: number): void {
  const { canvas, light, width } = scene;
  const steps = 26;
  const left: string[] = [];
  const right: string[] = [];
  for (let k = 0; k <= steps; k += 1) {
    const t = k / steps;
    const y = top + (1010 - top) * t ** 1.5;
    const x = width * (0.5 + side * 0.1 * (1 - t)) + side * Math.sin(t * 8.2) * (26 + 210 * t) * (1 - t * 0.55);
    const half = 3 + 150 * t ** 1.7;
    left.push(`${n(x - half)} ${n(y)}`);
    right.unshift(`${n(x + half)} ${n(y)}`);
  }
  const dust = mix(light.haze, light.land, light.isDark ? 0.1 : 0.25);
  const paint = canvas.linear([[0, dust], [1, mix(dust, light.near, 0.35)]], { x1: 0, y1: top, x2: 0, y2: 1000 });
  canvas.shape(`M${left.join("L")}L${right.join("L")}z`, paint);
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
  paintWater(scene, horizon + 4);
  if (has(scene, "bridge")) {
    const bridge = { y: horizon - 70, arches: dice.int(3, 5), height: 190, train: has(scene, "train") };
    paintBridge(scene, bridge);
    paintBridgeReflection(scene, bridge.y + bridge.height);
  }
  if (light.hour === "fog" || light.hour === "dawn") paintMist(scene, horizon + 60, 190, 0.7);
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

/** The dark of a bridge in the water at its feet. */
function paintBridgeReflection(scene: Scene, y: number): void {
  const { canvas, light, width } = scene;
  const dark = mix(light.near, light.water, 0.4);
  canvas.shape(`M0 ${n(y - 3)}H${n(width)}V${n(y + 150)}H0z`, canvas.linear([[0, dark, 0.55], [1, dark, 0]]), { outline: false });
  const dice = scene.dice.fork("bridge water");
  const strokes = Array.from({ length: 60 }, () => {
    const depth = dice.next();
    return `M${n(dice.range(-40, width))} ${n(y + 4 + depth * 140)}h${n(dice.range(30, 150))}v${n(1 + depth * 2)}h-60z`;
  });
  canvas.shape(strokes.join(""), mix(light.skyLow, light.water, 0.4), { opacity: 0.4, outline: false });
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
    if (i === 0) canvas.shape(`M0 ${n(horizon)}H${n(width)}V1010H0z`, atDistance(scene, sand, 0.7), { outline: false });
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

import { n } from "./canvas";
import { mix } from "./color";
import { paintHouses } from "./houses";
import { paintLighthouse } from "./lighthouse";
import { has, type Scene } from "./scene";
import { paintSky } from "./sky";
import { fillBelow, paintHills, paintMist, paintRocks, ridgeLine } from "./terrain";
import { paintRowboat, paintSailboat, paintShip, paintTrawler } from "./vessels";
import { isRough, paintSwell, paintWater } from "./water";

/** Coast, harbour, open sea: and what the prompt puts there. */
export function paintSeascape(scene: Scene): void {
  const { light, width, horizon } = scene;
  const dice = scene.dice.fork("seascape");
  const side = dice.chance(0.5) ? 1 : -1;
  paintSky(scene);
  if (!has(scene, "ship") || dice.chance(0.6)) paintCoast(scene, side);
  const rough = isRough(scene);
  if (has(scene, "ship") && !rough)
    paintShip(
      scene,
      width * (0.5 + side * dice.range(0.02, 0.14)),
      horizon + 26,
      dice.range(0.52, 0.68),
      side < 0,
    );
  paintWater(scene, horizon);
  if (has(scene, "ship") && !rough)
    paintShip(
      scene,
      width * (0.5 + side * dice.range(0.02, 0.14)),
      horizon + dice.range(50, 80),
      dice.range(0.62, 0.86),
      side < 0,
    );
  if (light.hour === "fog" || light.hour === "dawn") paintMist(scene, horizon, 170, 0.7);
  const anchor = has(scene, "lighthouse", "beam") && !has(scene, "ship") ? "lighthouse" : "none";
  if (rough) {
    if (has(scene, "ship"))
      paintShip(
        scene,
        width * (0.5 - side * 0.06),
        horizon + 66,
        dice.range(0.74, 0.9),
        side < 0,
        side * dice.range(3, 6),
      );
    paintSwell(scene, horizon, has(scene, "ship") ? 120 : 96);
  }
  if (has(scene, "island") || (!rough && dice.chance(0.3))) paintIslands(scene, side);
  if (anchor === "lighthouse") paintHeadland(scene, side, true);
  else if (has(scene, "lighthouse"))
    paintLighthouse(scene, width * (0.5 + side * 0.36), horizon + 12, 0.34, { beam: has(scene, "beam") });
  if (has(scene, "harbour")) paintQuay(scene, -side);
  else if (has(scene, "rocks") && anchor === "none") paintHeadland(scene, -side, false);
  if (rough) return;
  if (has(scene, "rowboat"))
    paintRowboat(scene, width * (0.5 - side * dice.range(0.08, 0.2)), 800, dice.range(1.15, 1.5), side > 0);
  else if (has(scene, "sailboat")) {
    paintSailboat(
      scene,
      width * (0.5 - side * dice.range(0.12, 0.26)),
      horizon + 120,
      dice.range(0.62, 0.9),
      side > 0,
    );
    if (dice.chance(0.6))
      paintTrawler(scene, width * (0.5 + side * dice.range(0.02, 0.1)), horizon + 60, 0.5, side < 0);
  } else if (!has(scene, "ship") && dice.chance(0.45))
    paintTrawler(
      scene,
      width * (0.5 - side * dice.range(0.1, 0.3)),
      horizon + dice.range(50, 130),
      dice.range(0.5, 0.85),
      dice.chance(0.5),
    );
}

/** Land along the far side of the water. */
function paintCoast(scene: Scene, side: number): void {
  const { horizon } = scene;
  const dice = scene.dice.fork("coast");
  paintHills(scene, {
    chains: dice.int(2, 3),
    height: dice.range(60, 190),
    bottom: horizon + 2,
    sharp: has(scene, "mountain") || dice.chance(0.45),
  });
  if (has(scene, "village", "harbour"))
    paintHouses(scene, {
      from: side > 0 ? 0 : scene.width * 0.45,
      to: side > 0 ? scene.width * 0.55 : scene.width,
      y: horizon + 3,
      size: 30,
      rows: 2,
      distance: 0.55,
    });
}

function paintIslands(scene: Scene, side: number): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("islands");
  for (let i = 0; i < 4; i += 1) {
    const depth = (i + 1) / 5;
    const y = horizon + 8 + depth ** 2 * 190;
    const w = width * dice.range(0.08, 0.2) * (0.6 + depth);
    const x = width * (0.5 + side * dice.range(-0.48, 0.4)) - w / 2;
    const points = ridgeLine(dice.fork(`island ${i}`), w, 0, w * 0.16, w / 2.2, true).map((p) => {
      // Rounding can carry the sine a hair below zero.
      const rim = Math.max(0, Math.sin((Math.PI * Math.min(w, Math.max(0, p.x))) / w)) ** 0.7;
      return { x: x + p.x, y: y + p.y * rim };
    });
    const body = mix(light.near, light.haze, 0.72 - depth * 0.5);
    canvas.shape(fillBelow(points, y + 3), body);
    canvas.shape(`M${n(x)} ${n(y + 4)}h${n(w)}l${n(-w * 0.2)} ${n(w * 0.06)}h${n(-w * 0.6)}z`, body, {
      opacity: 0.35,
      outline: false,
    });
  }
}

/** A cliff that comes in from the side, with or without a tower on it. */
function paintHeadland(scene: Scene, side: number, tower: boolean): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("headland");
  const reach = width * dice.range(0.36, 0.5);
  const height = dice.range(90, 170);
  const edge = side > 0 ? width - reach : reach;
  const base = horizon + dice.range(110, 190);
  const rough = ridgeLine(dice.fork("edge"), reach, 0, 46, 120, true);
  const points = rough.map((p) => {
    const t = Math.min(1, Math.max(0, p.x / reach));
    const x = side > 0 ? edge + p.x : edge - p.x;
    const top = height * Math.min(1, t * 3.2) ** 0.8 * (1 + t * 0.35);
    return { x, y: base - top + p.y * 0.5 * Math.min(1, t * 5) };
  });
  const rock = mix(light.near, light.land, light.isDark ? 0.12 : 0.22);
  const paint = canvas.linear(
    [
      [0, mix(rock, light.sun, light.isDark ? 0.06 : 0.16)],
      [0.5, rock],
      [1, mix(rock, light.near, 0.6)],
    ],
    { x1: 0, y1: base - height * 1.4, x2: 0, y2: base + 60 },
  );
  if (tower)
    paintLighthouse(
      scene,
      edge + side * reach * dice.range(0.34, 0.46),
      base - height * 1.08,
      dice.range(0.78, 1.02),
      { beam: has(scene, "beam") || light.isDark },
    );
  canvas.shape(fillBelow(points, base + 30), paint);
  const facets: string[] = [];
  for (let i = 2; i < points.length - 2; i += dice.int(3, 6)) {
    const p = points[i];
    if (!p) continue;
    const lean = (sun.x > p.x ? 1 : -1) * dice.range(6, 26);
    const drop = (base - p.y) * dice.range(0.25, 0.7);
    const w = dice.range(14, 44);
    facets.push(
      `M${n(p.x)} ${n(p.y + dice.range(4, 30))}l${n(w)} ${n(dice.range(-2, 10))}l${n(lean)} ${n(drop * 0.6)}l${n(-w * 0.7)} ${n(drop * 0.4)}z`,
    );
  }
  canvas.group(canvas.clip(fillBelow(points, base + 30)), () => {
    canvas.shape(facets.join(""), mix(rock, light.sun, light.isDark ? 0.1 : 0.24), {
      opacity: 0.32,
      outline: false,
    });
  });
  paintRocks(
    scene,
    Math.min(edge, side > 0 ? width + 40 : -40) - (side > 0 ? 60 : 0),
    Math.max(edge, side > 0 ? width + 40 : -40) + (side > 0 ? 0 : 60),
    base + 26,
    62,
  );
  const foam = mix(light.sun, light.haze, 0.3);
  canvas.line(
    `M${n(side > 0 ? edge - 50 : -20)} ${n(base + 30)}q${n(reach / 4)} -9 ${n(reach / 2)} 0t${n(reach / 2 + 90)} 0`,
    foam,
    5,
    0.42,
  );
  if (light.hour === "storm") paintSpray(scene, edge, base + 20);
}

function paintSpray(scene: Scene, x: number, y: number): void {
  const { canvas, light } = scene;
  const dice = scene.dice.fork("spray");
  canvas.glow(x, y - 40, 150, light.sun, 0.55);
  const drops: string[] = [];
  for (let i = 0; i < 90; i += 1) {
    const angle = dice.range(0.1, 0.9) * Math.PI;
    const reach = dice.next() ** 0.6 * 170;
    const r = dice.range(1, 5) * (1 - reach / 260);
    drops.push(
      `M${n(x + Math.cos(angle) * reach)} ${n(y - Math.sin(angle) * reach)}m${n(-r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`,
    );
  }
  canvas.shape(drops.join(""), light.sun, { opacity: 0.65, outline: false });
}

/** Stone or planks in front, with bollards and lamps: where a harbour is looked at from. */
function paintQuay(scene: Scene, side: number): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("quay");
  const near = mix(light.near, light.haze, light.isDark ? 0.24 : 0.16);
  const top = 872;
  const stone = canvas.linear([
    [0, mix(near, light.sun, light.isDark ? 0.1 : 0.2)],
    [0.12, near],
    [1, mix(near, light.near, 0.7)],
  ]);
  canvas.shape(`M0 ${top + 12}L${n(width)} ${top - 12}V1000H0z`, stone);
  const joints = Array.from(
    { length: 12 },
    (_, i) => `M${n((i / 11) * width)} ${top + 10}l${n((i / 11 - 0.5) * 240)} 150`,
  ).join("");
  canvas.line(joints, mix(near, light.near, 0.9), 3, 0.5);
  for (let i = 0; i < 3; i += 1) {
    const x = width * (0.5 + side * (0.1 + i * 0.15));
    canvas.shape(`M${n(x - 17)} ${top + 16}v-42q-8 -18 17 -20q25 2 17 20v42z`, mix(near, light.near, 0.85));
  }
  const lamps = dice.int(1, 2);
  for (let i = 0; i < lamps; i += 1) {
    const x = width * (0.5 + side * (0.34 - i * 0.26));
    canvas.line(`M${n(x)} ${top + 10}V560q0 -30 ${n(-side * 40)} -30`, near, 8);
    if (!light.isDark && light.hour !== "fog" && light.hour !== "storm") continue;
    canvas.glow(x - side * 40, 540, 210, light.lamp, 0.8);
    canvas.disc(x - side * 40, 536, 10, mix(light.lamp, light.sun, 0.5));
    canvas.glow(x - side * 40, top + 40, 230, light.lamp, 0.42, 0.22);
  }
}

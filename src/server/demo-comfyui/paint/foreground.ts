import { n } from "./canvas";
import { color, mix } from "./color";
import { type Scene, has } from "./scene";
import { fillBelow, ridgeLine } from "./terrain";
import { broadleaf, conifer, grass } from "./trees";

/** What is nearest: dark ground with a fence, a bush or a tree that frames the view. */
export function paintForeground(scene: Scene, side: number): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("foreground");
  const snowy = light.hour === "winter" || has(scene, "snow");
  const dark = mix(light.near, light.land, snowy ? 0.35 : light.isDark ? 0.06 : 0.16);
  const hill = ridgeLine(dice.fork("hill"), width, 955, 70, 760, false).map(({ x, y }) => ({
    x,
    y: y - 70 * Math.max(0, (side > 0 ? x / width : 1 - x / width) - 0.35),
  }));
  const at = (x: number) => hill[Math.min(hill.length - 1, Math.max(0, Math.round((x + 10) / 12)))]?.y ?? 960;
  canvas.shape(
    fillBelow(hill, 1010),
    canvas.linear(
      [
        [0, mix(dark, light.sun, light.isDark ? 0.03 : 0.14)],
        [1, dark],
      ],
      { x1: 0, y1: 860, x2: 0, y2: 1000 },
    ),
  );
  const kind = has(scene, "fire")
    ? "fire"
    : has(scene, "forest", "mountain")
      ? "firs"
      : snowy
        ? "firs"
        : dice.pick(["fence", "tree", "firs", "open"]);
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
    canvas.shape(tree.lit, mix(leaf, light.sun, light.isDark ? 0.08 : 0.22), {
      opacity: 0.8,
      outline: false,
    });
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
  } else if (kind === "fire")
    paintCamp(scene, width * (0.5 - side * 0.06), at(width * (0.5 - side * 0.06)), side);
  if (!snowy) {
    canvas.shape(
      grass(dice.fork("near grass"), -10, width + 10, (x) => at(x) + 4, 58, 9),
      mix(light.near, light.land, 0.08),
      { outline: false },
    );
    if (!light.isDark && dice.chance(0.6)) paintFlowers(scene, at);
  }
}

function paintFlowers(scene: Scene, at: (x: number) => number): void {
  const { canvas, width } = scene;
  const dice = scene.dice.fork("flowers");
  const tint = dice.pick([
    color(0.9, 0.1, 90),
    color(0.72, 0.16, 20),
    color(0.75, 0.1, 300),
    color(0.95, 0.02, 90),
  ]);
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
  canvas.shape(
    `M${n(tx - 150)} ${n(y + 8)}L${n(tx - 10)} ${n(y - 190)}L${n(tx + 150)} ${n(y + 8)}z`,
    canvas.linear([
      [0, mix(light.near, flame, 0.3)],
      [1, mix(color(0.62, 0.13, 55), flame, 0.5)],
    ]),
  );
  canvas.shape(
    `M${n(tx - 10)} ${n(y - 190)}L${n(tx - 42)} ${n(y + 8)}H${n(tx + 26)}z`,
    mix(light.near, flame, 0.1),
    { outline: false },
  );
  canvas.line(`M${n(x - 56)} ${n(y + 6)}l112 -22M${n(x + 56)} ${n(y + 6)}l-112 -22`, light.near, 15);
  canvas.shape(
    `M${n(x - 40)} ${n(y - 6)}C${n(x - 60)} ${n(y - 60)} ${n(x - 6)} ${n(y - 70)} ${n(x - 8)} ${n(y - 136)}C${n(x + 34)} ${n(y - 90)} ${n(x + 58)} ${n(y - 50)} ${n(x + 38)} ${n(y - 6)}z`,
    color(0.75, 0.18, 48),
    { outline: false },
  );
  canvas.shape(
    `M${n(x - 20)} ${n(y - 6)}C${n(x - 30)} ${n(y - 40)} ${n(x + 4)} ${n(y - 48)} ${n(x + 2)} ${n(y - 88)}C${n(x + 26)} ${n(y - 56)} ${n(x + 32)} ${n(y - 30)} ${n(x + 20)} ${n(y - 6)}z`,
    color(0.95, 0.11, 95),
    { outline: false },
  );
  const dice = scene.dice.fork("sparks");
  for (let k = 0; k < 26; k += 1)
    canvas.disc(x + dice.range(-70, 70), y - 90 - dice.next() ** 1.6 * 330, dice.range(1.5, 4), flame, 0.8);
}

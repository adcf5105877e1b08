import { n } from "./canvas";
import { mix } from "./color";
import { atDistance, type Scene } from "./scene";

/** A bridge of stone arches from side to side; `y` is its roadway, `height` the height of its arches. */
export function paintBridge(
  scene: Scene,
  wish: { y: number; arches: number; height: number; train: boolean },
): void {
  const { canvas, light, width, sun } = scene;
  const stone = atDistance(
    scene,
    mix(light.near, { l: 0.55, c: 0.03, h: 75 }, light.isDark ? 0.12 : 0.5),
    0.24,
  );
  const span = (width * 1.06) / wish.arches;
  const pier = span * 0.15;
  const top = wish.y - 26;
  const foot = wish.y + wish.height;
  const rise = (x: number) => -26 * Math.sin((Math.PI * x) / width);
  let d = `M-40 ${n(top)}Q${n(width / 2)} ${n(top - 54)} ${n(width + 40)} ${n(top)}V${n(foot)}`;
  let under = "";
  for (let i = wish.arches - 1; i >= 0; i -= 1) {
    const right = -width * 0.03 + (i + 1) * span - pier / 2;
    const left = right - span + pier;
    const spring = foot - wish.height * 0.35;
    const crown = wish.y + 12 + rise((left + right) / 2);
    const arch = `L${n(right)} ${n(foot)}V${n(spring)}C${n(right)} ${n(crown)} ${n(left)} ${n(crown)} ${n(left)} ${n(spring)}V${n(foot)}`;
    d += arch;
    const depth = (sun.x > (left + right) / 2 ? -1 : 1) * pier * 0.5;
    under += `M${n(depth > 0 ? left : right)} ${n(foot)}V${n(spring)}C${n(depth > 0 ? left : right)} ${n(crown)} ${n(depth > 0 ? right : left)} ${n(crown)} ${n(depth > 0 ? right : left)} ${n(spring)}C${n((depth > 0 ? right : left) + depth * 0.2)} ${n(crown + 26)} ${n((depth > 0 ? left : right) + depth)} ${n(crown + 22)} ${n((depth > 0 ? left : right) + depth)} ${n(spring)}V${n(foot)}z`;
  }
  d += `L-40 ${n(foot)}z`;
  const paint = canvas.linear(
    [
      [0, mix(stone, light.sun, light.isDark ? 0.05 : 0.2)],
      [0.4, stone],
      [1, mix(stone, light.haze, 0.25)],
    ],
    { x1: 0, y1: top - 30, x2: 0, y2: foot },
  );
  canvas.shape(under, mix(stone, light.near, 0.55));
  if (wish.train) paintTrain(scene, wish.y - 44);
  canvas.shape(d, paint);
  canvas.line(
    `M-40 ${n(top + 20)}Q${n(width / 2)} ${n(top - 34)} ${n(width + 40)} ${n(top + 20)}`,
    mix(stone, light.near, 0.6),
    4,
    0.6,
  );
  const joints = Array.from({ length: wish.arches }, (_, i) => {
    const x = -width * 0.03 + i * span;
    return `M${n(x - pier / 2)} ${n(foot - wish.height * 0.35)}h${n(pier)}`;
  }).join("");
  canvas.line(joints, mix(stone, light.near, 0.6), 4, 0.5);
  if (!light.isDark && light.hour !== "fog") return;
  for (let i = 0; i <= wish.arches; i += 1) {
    const x = -width * 0.03 + i * span;
    canvas.line(`M${n(x)} ${n(top + rise(x))}v-52`, stone, 4);
    canvas.disc(x, top - 54 + rise(x), 7, light.lamp);
    canvas.glow(x, top - 54 + rise(x), 76, light.lamp, 0.6);
  }
}

/** A steam train crossing, its smoke behind it. */
function paintTrain(scene: Scene, y: number): void {
  const { canvas, light, width, dice } = scene;
  const iron = mix(light.near, light.haze, 0.06);
  const head = width * 0.62;
  const puffs = dice.fork("steam");
  for (let i = 0; i < 16; i += 1) {
    const t = i / 15;
    canvas.glow(
      head - 20 - t * 620,
      y - 88 - t * 90 + puffs.range(-14, 14),
      40 + t * 130,
      mix(light.sun, light.haze, 0.4),
      0.42 * (1 - t * 0.75),
      0.62,
    );
  }
  canvas.shape(
    `M${n(head)} ${n(y)}v-34h-14v-12h-10v12h-46v-16h-34v50zM${n(head)} ${n(y)}l16 0v-10l-16 -10z`,
    iron,
  );
  for (let i = 0; i < 5; i += 1) {
    const x = head - 112 - i * 112;
    canvas.shape(`M${n(x)} ${n(y)}v-44q0 -6 6 -6h-104q-6 0 -6 6v44z`, iron);
    canvas.shape(
      Array.from({ length: 4 }, (_, k) => `M${n(x - 94 + k * 24)} ${n(y - 36)}h14v15h-14z`).join(""),
      light.isDark ? light.lamp : mix(light.skyLow, iron, 0.25),
      { outline: false },
    );
  }
}

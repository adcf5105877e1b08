import { n } from "./canvas";
import { color, mix } from "./color";
import { has, type Scene } from "./scene";

/** A spiral staircase, looked down upon or up into: steps turn around the light in the middle. */
export function paintStairs(scene: Scene): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("stairs");
  const cx = width * (0.5 + dice.range(-0.1, 0.1));
  const cy = dice.range(440, 560);
  const stone = mix(
    light.near,
    dice.pick([color(0.5, 0.035, 70), color(0.48, 0.04, 245), color(0.5, 0.04, 160)]),
    light.isDark ? 0.5 : 0.72,
  );
  const warm = has(scene, "lamp") || light.isDark ? light.lamp : light.sun;
  canvas.shape(`M0 0H${n(width)}V1000H0z`, mix(stone, light.near, 0.8), { outline: false });
  const turn = dice.chance(0.5) ? 1 : -1;
  const start = dice.range(0, Math.PI * 2);
  const steps = 96;
  const perTurn = 19;
  for (let i = 0; i < steps; i += 1) {
    const t = i / steps;
    const outer = 2700 * Math.exp(-t * 4.1);
    const inner = outer * 0.44;
    const a0 = start + turn * (i / perTurn) * Math.PI * 2;
    const a1 = start + turn * ((i + 1.06) / perTurn) * Math.PI * 2;
    const facing = 0.5 + 0.5 * Math.cos(a0 - start - 0.9);
    const tread = mix(mix(stone, light.near, 0.62 - facing * 0.45), warm, t ** 1.7 * 0.72);
    const point = (angle: number, radius: number) =>
      `${n(cx + Math.cos(angle) * radius * 1.22)} ${n(cy + Math.sin(angle) * radius)}`;
    const middle = (a0 + a1) / 2;
    canvas.shape(
      `M${point(a0, inner)}L${point(a0, outer)}Q${point(middle, outer * 1.03)} ${point(a1, outer)}L${point(a1, inner)}z`,
      tread,
    );
    canvas.shape(
      `M${point(a1, inner)}L${point(a1, outer)}L${point(a1 - turn * 0.05, outer)}L${point(a1 - turn * 0.05, inner)}z`,
      mix(tread, light.near, 0.5),
      { outline: false },
    );
    canvas.line(`M${point(a0, inner)}L${point(a0, outer)}`, mix(tread, warm, 0.4), 1 + 3.4 * (1 - t), 0.55);
  }
  let rail = "";
  for (let i = 0; i <= steps * 2; i += 1) {
    const t = i / (steps * 2);
    const radius = 2700 * Math.exp(-t * 4.1) * 0.45;
    const angle = start + turn * (i / 2 / perTurn) * Math.PI * 2;
    rail += `${i ? "L" : "M"}${n(cx + Math.cos(angle) * radius * 1.22)} ${n(cy + Math.sin(angle) * radius)}`;
  }
  canvas.line(rail, mix(light.near, warm, 0.16), 13);
  canvas.line(rail, mix(warm, light.near, 0.25), 3.2, 0.7);
  canvas.glow(cx, cy, 620, warm, 0.75);
  canvas.glow(cx, cy, 150, mix(warm, color(0.99, 0.03, 95), 0.6), 1);
  canvas.disc(cx, cy, 17, color(0.99, 0.03, 95));
  const edge = canvas.radial([
    [0, light.near, 0],
    [0.5, light.near, 0.05],
    [1, light.near, 0.75],
  ]);
  canvas.add(`<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(width * 0.75)}" ry="760" fill="${edge.url}"/>`);
}

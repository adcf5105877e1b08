import { n } from "./canvas";
import { color, mix } from "./color";
import { paintFigure } from "./figure";
import { type Scene, atDistance } from "./scene";

export function paintDunes(scene: Scene, side: number): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("dunes");
  const sand = light.isDark
    ? mix(light.near, color(0.5, 0.08, 60), 0.35)
    : mix(light.land, color(0.76, 0.11, 66), 0.75);
  for (let i = 0; i < 5; i += 1) {
    const t = i / 5;
    const base = horizon + (1000 - horizon) * t ** 1.2;
    const crest = width * (0.5 + (i % 2 ? side : -side) * dice.range(0.05, 0.4));
    const h = 70 + t * 150;
    if (i === 0)
      canvas.shape(`M0 ${n(horizon)}H${n(width)}V1010H0z`, atDistance(scene, sand, 0.7), { outline: false });
    const body = atDistance(scene, sand, 0.75 * (1 - t));
    const dark = mix(body, light.near, 0.34);
    const right = sun.x > crest;
    canvas.shape(
      `M-20 ${n(base + 40)}Q${n(crest * 0.5)} ${n(base + 20)} ${n(crest)} ${n(base - h)}Q${n((crest + width) / 2)} ${n(base + 10)} ${n(width + 20)} ${n(base + 30)}V1010H-20z`,
      right ? dark : body,
    );
    canvas.shape(
      `M${n(crest)} ${n(base - h)}C${n(crest + 60)} ${n(base)} ${n(crest - 120)} ${n(base + 90)} ${n(crest + 30)} 1010H${right ? n(width + 20) : -20}V${n(base + (right ? 30 : 40))}Q${n(right ? (crest + width) / 2 : crest * 0.5)} ${n(base + (right ? 10 : 20))} ${n(crest)} ${n(base - h)}z`,
      right ? body : dark,
      { outline: false },
    );
    if (i === 2)
      for (let k = 0; k < 5; k += 1)
        paintFigure(scene, {
          x: crest - side * (90 + k * 46),
          y: base - h * 0.36 + k * 9,
          height: 42,
          pose: "walk",
          distance: 0.2,
        });
  }
}

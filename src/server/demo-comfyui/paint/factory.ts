import { n } from "./canvas";
import { mix } from "./color";
import { atDistance, type Scene } from "./scene";

/** Sheds with saw-tooth roofs and tall chimneys, their smoke drifting one way. */
export function paintFactory(scene: Scene, side: number): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("factory");
  const y = horizon + 60;
  for (let row = 2; row >= 0; row -= 1) {
    const distance = 0.2 + row * 0.24;
    const body = atDistance(
      scene,
      mix(light.near, { l: 0.4, c: 0.05, h: 35 }, light.isDark ? 0.1 : 0.3),
      distance,
    );
    const scale = 1 - row * 0.24;
    const base = y - row * 26;
    const windows: string[] = [];
    for (let k = 0; k < 3; k += 1) {
      const x = width * (0.5 + side * (0.34 - k * 0.27 - row * 0.06));
      const h = dice.range(290, 400) * scale;
      const w = 19 * scale;
      paintSmoke(scene, x, base - h, side, scale);
      canvas.shape(
        `M${n(x - w)} ${n(base)}L${n(x - w * 0.62)} ${n(base - h)}h${n(w * 1.24)}L${n(x + w)} ${n(base)}z`,
        canvas.linear([
          [0, mix(body, light.haze, 0.2)],
          [1, body],
        ]),
      );
      canvas.shape(
        `M${n(x - w * 0.74)} ${n(base - h)}h${n(w * 1.48)}v${n(10 * scale)}h${n(-w * 1.48)}z`,
        mix(body, light.near, 0.3),
      );
    }
    let x = -20;
    let d = `M-20 ${n(base + 20)}`;
    while (x < width + 20) {
      const w = dice.range(70, 130) * scale;
      const h = dice.range(80, 150) * scale;
      d += `L${n(x)} ${n(base - h)}l${n(w * 0.72)} ${n(-34 * scale)}L${n(x + w * 0.72)} ${n(base - h)}`;
      for (let k = 0; k < 3; k += 1)
        if (dice.chance(0.7))
          windows.push(
            `M${n(x + 12 + k * w * 0.22)} ${n(base - h * 0.6)}h${n(w * 0.12)}v${n(h * 0.24)}h${n(-w * 0.12)}z`,
          );
      x += w * 0.78;
    }
    canvas.shape(
      `${d}L${n(width + 20)} ${n(base + 20)}z`,
      canvas.linear(
        [
          [0, body],
          [1, mix(body, light.haze, 0.25)],
        ],
        { x1: 0, y1: base - 180 * scale, x2: 0, y2: base + 20 },
      ),
    );
    canvas.shape(windows.join(""), light.lamp, {
      opacity: light.isDark || light.hour === "storm" || light.hour === "fog" ? 0.9 : 0.35,
      outline: false,
    });
  }
  if (light.isDark) canvas.glow(width / 2, y, width * 0.5, light.lamp, 0.3, 0.3);
}

function paintSmoke(scene: Scene, x: number, y: number, side: number, scale: number): void {
  const { canvas, light, dice } = scene;
  const puffs = dice.fork(`smoke ${x}`);
  const dark = mix(light.skyTop, light.near, light.isDark ? 0.2 : 0.45);
  const lit = mix(light.haze, light.sun, 0.3);
  for (let i = 0; i < 15; i += 1) {
    const t = i / 14;
    const px = x - side * (t ** 1.3 * 520 * scale) + puffs.range(-16, 16);
    const py = y - 16 - t ** 0.8 * 210 * scale + puffs.range(-18, 18);
    const r = (24 + t * 120) * scale;
    canvas.glow(px, py, r * 1.35, dark, 0.62 * (1 - t * 0.75), 0.8);
    canvas.glow(
      px + Math.sign(scene.sun.x - px) * r * 0.3,
      py - r * 0.25,
      r * 0.9,
      lit,
      0.34 * (1 - t * 0.7),
      0.8,
    );
  }
}

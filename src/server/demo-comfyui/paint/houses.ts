import { n } from "./canvas";
import { mix, shade, color } from "./color";
import { atDistance, type Scene } from "./scene";

/** Gabled houses along a line, rows behind it a little higher; windows burn when it is dark. */
export function paintHouses(
  scene: Scene,
  wish: { from: number; to: number; y: number; size: number; rows: number; distance: number },
): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork(`houses ${wish.from} ${wish.y}`);
  const tints = [
    color(0.9, 0.02, 85),
    color(0.52, 0.13, 30),
    color(0.78, 0.08, 85),
    color(0.62, 0.05, 235),
    color(0.7, 0.04, 150),
  ] as const;
  for (let row = wish.rows - 1; row >= 0; row -= 1) {
    const y = wish.y - row * wish.size * 0.75;
    const distance = Math.min(0.95, wish.distance + row * 0.08);
    const windows: string[] = [];
    for (let x = wish.from + dice.range(0, wish.size); x < wish.to;) {
      const w = wish.size * dice.range(0.8, 1.5);
      const h = wish.size * dice.range(0.55, 0.95);
      const gable = wish.size * dice.range(0.35, 0.6);
      if (dice.chance(0.84)) {
        const wall = atDistance(
          scene,
          mix(dice.pick(tints), light.near, light.isDark ? 0.72 : 0.12),
          distance,
        );
        const roof = atDistance(
          scene,
          mix(light.near, color(0.4, 0.06, 35), light.isDark ? 0.08 : 0.35),
          distance * 0.9,
        );
        const facing = dice.chance(0.45);
        canvas.shape(
          `M${n(x)} ${n(y)}v${n(-h)}${facing ? `l${n(w / 2)} ${n(-gable)}l${n(w / 2)} ${n(gable)}` : `h${n(w)}`}v${n(h)}z`,
          wall,
        );
        const shadeSide = sun.x > x + w / 2 ? x : x + w * 0.62;
        canvas.shape(`M${n(shadeSide)} ${n(y)}v${n(-h)}h${n(w * 0.38)}v${n(h)}z`, shade(wall, -0.07), {
          opacity: 0.6,
          outline: false,
        });
        canvas.shape(
          facing
            ? `M${n(x - w * 0.07)} ${n(y - h + 2)}L${n(x + w / 2)} ${n(y - h - gable * 1.1)}L${n(x + w * 1.07)} ${n(y - h + 2)}l${n(-w * 0.07)} ${n(-w * 0.02)}L${n(x + w / 2)} ${n(y - h - gable * 0.9)}L${n(x)} ${n(y - h)}z`
            : `M${n(x - w * 0.06)} ${n(y - h)}l${n(w * 0.14)} ${n(-gable)}h${n(w * 0.84)}l${n(w * 0.14)} ${n(gable)}z`,
          roof,
        );
        if (dice.chance(0.4))
          canvas.shape(
            `M${n(x + w * 0.66)} ${n(y - h - gable * 0.7)}v${n(-gable * 0.7)}h${n(w * 0.12)}v${n(gable * 0.7)}z`,
            roof,
          );
        for (let k = 0; k < 2; k += 1)
          if (dice.chance(0.75))
            windows.push(
              `M${n(x + w * (0.2 + k * 0.4))} ${n(y - h * 0.72)}h${n(w * 0.16)}v${n(h * 0.36)}h${n(-w * 0.16)}z`,
            );
      }
      x += w * dice.range(0.95, 1.3);
    }
    canvas.shape(
      windows.join(""),
      light.isDark || light.hour === "fog" || light.hour === "storm"
        ? light.lamp
        : atDistance(scene, mix(light.near, light.skyMid, 0.3), distance),
      { opacity: 0.92, outline: false },
    );
  }
}

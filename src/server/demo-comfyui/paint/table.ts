import { n } from "./canvas";
import { type Color, color, mix, shade } from "./color";
import type { Scene } from "./scene";

/** A table seen from above, its boards running across, brighter where the lamp's light falls. */
export function paintTable(scene: Scene): Color {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("table");
  const wood = mix(
    dice.pick([color(0.4, 0.065, 48), color(0.34, 0.05, 40), color(0.46, 0.06, 65), color(0.3, 0.04, 250)]),
    light.near,
    light.isDark ? 0.35 : 0.12,
  );
  canvas.shape(`M0 0H${n(width)}V1000H0z`, wood, { outline: false });
  let y = 0;
  while (y < 1000) {
    const h = dice.range(120, 190);
    canvas.shape(`M0 ${n(y)}H${n(width)}v${n(h)}H0z`, shade(wood, dice.range(-0.035, 0.03)), {
      outline: false,
    });
    let grain = "";
    for (let k = 0; k < 9; k += 1) {
      const gy = y + h * dice.range(0.06, 0.94);
      grain += `M${n(dice.range(-200, 300))} ${n(gy)}q${n(width * 0.3)} ${n(dice.range(-12, 12))} ${n(width * 0.6)} 0t${n(width * 0.6)} 0`;
    }
    canvas.line(grain, shade(wood, -0.1), 2.2, 0.32);
    canvas.line(`M0 ${n(y)}H${n(width)}`, shade(wood, -0.16), 4, 0.8);
    y += h;
  }
  return wood;
}

export function paintLampPool(scene: Scene, x: number, y: number): void {
  const { canvas, light, width } = scene;
  const warm = light.isDark || light.hour === "storm" ? light.lamp : light.sun;
  canvas.glow(x, y, width * 0.62, warm, light.isDark ? 0.5 : 0.4);
  const dark = canvas.radial([
    [0, light.near, 0],
    [0.55, light.near, 0.08],
    [1, light.near, light.isDark ? 0.9 : 0.62],
  ]);
  canvas.add(`<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(width * 0.82)}" ry="1050" fill="${dark.url}"/>`);
  canvas.add(
    `<path fill-rule="evenodd" d="M${n(-width)} -1000H${n(width * 2)}V2000H${n(-width)}zM${n(x - width * 0.82)} ${n(y)}a${n(width * 0.82)} 1050 0 1 0 ${n(width * 1.64)} 0a${n(width * 0.82)} 1050 0 1 0 ${n(-width * 1.64)} 0z" fill="${canvas.hex(light.near)}" fill-opacity="${light.isDark ? 0.9 : 0.62}"/>`,
  );
}

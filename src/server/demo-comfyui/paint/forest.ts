import { n } from "./canvas";
import { type Color, mix, shade } from "./color";
import { paintFigure } from "./figure";
import { type Scene, atDistance, has } from "./scene";
import { fillBelow, paintMist, ridgeLine } from "./terrain";
import { grass, trunks } from "./trees";

/** Inside a wood: trunks in the mist, one behind the other, and light between them. */
export function paintForest(scene: Scene): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("forest");
  const air = canvas.linear([
    [0, mix(light.skyMid, light.near, 0.25)],
    [0.5, light.haze],
    [0.75, mix(light.skyLow, light.haze, 0.4)],
    [1, mix(light.land, light.haze, 0.4)],
  ]);
  canvas.shape(`M0 0H${n(width)}V1000H0z`, air, { outline: false });
  canvas.glow(sun.x, 430, 900, light.sun, light.isDark ? 0.3 : 0.75);
  const rows = 5;
  for (let i = 0; i < rows; i += 1) {
    const t = i / (rows - 1);
    const floor = 690 + t * 250;
    const bark: Color = mix(
      atDistance(scene, mix(light.near, light.land, 0.08), 0.82 * (1 - t)),
      light.near,
      t * 0.55,
    );
    canvas.shape(
      trunks(dice.fork(`row ${i}`), -30, width + 30, floor, 12 + t ** 1.6 * 62, 60 + t * 250),
      bark,
    );
    const earth = mix(atDistance(scene, light.land, 0.7 * (1 - t)), light.near, 0.2 + t * 0.45);
    const points = ridgeLine(dice.fork(`floor ${i}`), width, floor, 22, 300, false);
    canvas.shape(
      fillBelow(points, 1010),
      canvas.linear(
        [
          [0, mix(earth, light.sun, light.isDark ? 0.03 : 0.14)],
          [1, earth],
        ],
        { x1: 0, y1: floor - 20, x2: 0, y2: floor + 120 },
      ),
    );
    if (t < 0.8) {
      paintMist(scene, floor + 10, 220, 0.5 * (1 - t));
      if (i === 1 || i === 2) paintRays(scene, dice.fork(`rays ${i}`));
    }
  }
  canvas.shape(
    grass(dice.fork("fern"), -10, width + 10, () => 985, 84, 15),
    mix(light.near, light.land, 0.1),
    { outline: false },
  );
  if (has(scene, "person", "crowd"))
    paintFigure(scene, {
      x: width * dice.range(0.4, 0.6),
      y: 900,
      height: 210,
      pose: "walk",
      distance: 0.12,
    });
  canvas.shape(
    `M0 0H${n(width)}V190Q${n(width * 0.8)} 120 ${n(width * 0.62)} 40T${n(width * 0.3)} 60T0 210z`,
    shade(mix(light.near, light.haze, 0.06), 0),
    { opacity: 0.5, outline: false },
  );
}

function paintRays(scene: Scene, dice: Scene["dice"]): void {
  const { canvas, light, sun } = scene;
  for (let k = 0; k < 5; k += 1) {
    const x = sun.x + dice.range(-360, 360);
    const drift = (x - sun.x) * 0.7 + dice.range(60, 200) * (sun.x > scene.width / 2 ? -1 : 1);
    const w = dice.range(24, 80);
    const paint = canvas.linear(
      [
        [0, light.sun, light.isDark ? 0.1 : 0.34],
        [1, light.sun, 0],
      ],
      { x1: 0, y1: 0, x2: 0, y2: 860 },
    );
    canvas.add(
      `<path d="M${n(x)} -10h${n(w)}L${n(x + drift + w * 2.6)} 880h${n(-w * 2.4)}z" fill="${paint.url}"/>`,
    );
  }
}

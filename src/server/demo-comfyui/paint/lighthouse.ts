import { n } from "./canvas";
import { color, mix, shade } from "./color";
import { atDistance, type Scene } from "./scene";
import { placed } from "./vessels";

/** A tower with one red band, 420 high from its foot; its lamp burns in the dark and throws a beam. */
export function paintLighthouse(
  scene: Scene,
  x: number,
  y: number,
  scale: number,
  wish: { beam: boolean },
): void {
  const { canvas, light, sun } = scene;
  const distance = Math.max(0, 0.5 - scale * 0.6);
  const white = atDistance(
    scene,
    mix(color(0.95, 0.015, 85), light.haze, light.isDark ? 0.55 : 0.18),
    distance,
  );
  const dim = light.isDark ? mix(white, light.near, 0.42) : white;
  const red = atDistance(scene, mix(color(0.52, 0.17, 27), light.near, light.isDark ? 0.5 : 0.05), distance);
  const iron = atDistance(scene, light.near, distance * 0.7);
  const fromRight = sun.x > x;
  const turned = (stops: readonly (readonly [number, typeof dim])[]) =>
    canvas.linear(stops, { x1: fromRight ? 40 : -40, y1: 0, x2: fromRight ? -40 : 40, y2: 0 });
  const burns = light.isDark || light.hour === "storm" || light.hour === "fog" || wish.beam;

  placed(scene, x, y, scale, false, () => {
    if (burns) beams(scene, wish.beam);
    canvas.shape(
      "M-46 0L-30 -318H30L46 0z",
      turned([
        [0, shade(dim, 0.03)],
        [0.45, dim],
        [1, mix(dim, light.near, 0.48)],
      ]),
    );
    canvas.shape(
      "M-39.5 -130L-35 -218H35L39.5 -130z",
      turned([
        [0, shade(red, 0.04)],
        [0.45, red],
        [1, mix(red, light.near, 0.5)],
      ]),
      { outline: false },
    );
    canvas.shape("M-6 -262h12v20h-12zM-6 -92h12v22h-12zM-9 0v-38q9 -10 18 0v38z", iron, { outline: false });
    canvas.shape("M-44 -318H44L38 -330H-38z", iron);
    canvas.line("M-42 -352H42M-42 -352V-320M-21 -352V-320M0 -352V-320M21 -352V-320M42 -352V-320", iron, 3);
    canvas.shape(
      "M-22 -330V-384H22V-330z",
      burns ? mix(light.lamp, light.sun, 0.3) : mix(light.skyMid, iron, 0.3),
    );
    canvas.line("M-22 -330V-384M-8 -330V-384M8 -330V-384M22 -330V-384", iron, 2.5);
    canvas.shape("M-28 -384Q0 -398 28 -384Q20 -414 0 -420Q-20 -414 -28 -384z", red);
    canvas.line("M0 -420V-440", iron, 3);
    if (burns) {
      canvas.glow(0, -358, 250, light.lamp, 0.85);
      canvas.disc(0, -358, 9, color(0.99, 0.04, 95));
    }
  });
}

function beams(scene: Scene, strong: boolean): void {
  const { canvas, light, dice } = scene;
  const tilt = dice.fork("beam").range(-0.1, 0.06);
  const reach = 2100;
  const force = (light.isDark ? 0.62 : 0.34) * (strong ? 1.15 : 0.8);
  for (const side of [1, -1]) {
    const color0 = mix(light.lamp, light.sun, 0.45);
    const paint = canvas.linear(
      [
        [0, color0, force],
        [0.35, color0, force * 0.42],
        [1, color0, 0],
      ],
      { x1: 0, y1: -358, x2: side * reach, y2: -358 },
    );
    const far = side * reach;
    const dy = far * tilt;
    canvas.add(
      `<path d="M0 -364L${n(far)} ${n(-358 + dy - 190)}L${n(far)} ${n(-358 + dy + 150)}L0 -352z" fill="${paint.url}"/>`,
    );
    canvas.add(
      `<path d="M0 -361L${n(far)} ${n(-358 + dy - 80)}L${n(far)} ${n(-358 + dy + 55)}L0 -355z" fill="${paint.url}"/>`,
    );
  }
}

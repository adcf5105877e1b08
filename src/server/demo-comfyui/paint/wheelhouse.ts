import { n } from "./canvas";
import { color, mix } from "./color";
import { paintFigure } from "./figure";
import { paintLighthouse } from "./lighthouse";
import { paintOutside } from "./outside";
import { type Scene, has } from "./scene";

/** The bridge of a ship or the room of a great lamp: windows all round, instruments below them. */
export function paintWheelhouse(scene: Scene): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("wheelhouse");
  paintOutside(scene);
  if (has(scene, "lighthouse"))
    paintLighthouse(scene, width * 0.72, scene.horizon + 8, 0.4, { beam: light.isDark });
  const iron = mix(light.near, color(0.3, 0.03, 240), 0.28);
  const [top, sill] = [120, 690];
  const panes = 5;
  let d = `M0 0H${n(width)}V1000H0z`;
  for (let i = 0; i < panes; i += 1) {
    const left = (i / panes) * width + 14;
    const right = ((i + 1) / panes) * width - 14;
    const lean = (i + 0.5 - panes / 2) * 16;
    d += `M${n(left - lean)} ${top + 12}Q${n(left - lean)} ${top} ${n(left - lean + 12)} ${top}H${n(right - lean - 12)}Q${n(right - lean)} ${top} ${n(right - lean)} ${top + 12}L${n(right + lean * 0.4)} ${sill}H${n(left + lean * 0.4)}z`;
  }
  const shell = canvas.linear(
    [
      [0, mix(iron, light.near, 0.5)],
      [0.66, iron],
      [0.72, mix(iron, light.sun, light.isDark ? 0.06 : 0.16)],
      [1, mix(iron, light.near, 0.7)],
    ],
    { x1: 0, y1: 0, x2: 0, y2: 1000 },
  );
  canvas.add(`<path fill-rule="evenodd" d="${d}" fill="${shell.url}"/>`);
  canvas.shape(
    `M-10 ${sill + 44}L${n(width * 0.12)} ${sill + 18}H${n(width * 0.88)}L${n(width + 10)} ${sill + 44}V1010H-10z`,
    canvas.linear([
      [0, mix(iron, light.haze, 0.14)],
      [1, mix(iron, light.near, 0.8)],
    ]),
  );
  for (let i = 0; i < 9; i += 1) {
    const x = width * (0.13 + i * 0.0925);
    const y = sill + 96 + (i % 2) * 14;
    const tint = dice.pick([
      color(0.8, 0.13, 195),
      color(0.82, 0.14, 145),
      light.lamp,
      color(0.72, 0.16, 35),
    ]);
    if (i % 3 === 1) {
      canvas.shape(`M${n(x - 62)} ${n(y - 38)}h124v84h-124z`, mix(tint, light.near, 0.78));
      canvas.line(
        `M${n(x - 48)} ${n(y + 20)}q20 ${n(dice.range(-50, 0))} 44 -16t50 ${n(dice.range(-20, 14))}`,
        tint,
        3.5,
        0.9,
      );
    } else {
      canvas.disc(x, y, 34, mix(iron, light.near, 0.7));
      canvas.line(`M${n(x)} ${n(y)}l${n(dice.range(-20, 20))} -22`, tint, 4);
      canvas.line(`M${n(x - 24)} ${n(y + 12)}A27 27 0 1 1 ${n(x + 24)} ${n(y + 12)}`, tint, 2.5, 0.6);
    }
    canvas.glow(x, y, 130, tint, 0.3);
  }
  const body = mix(light.near, color(0.24, 0.04, 250), 0.25);
  const lamps =
    has(scene, "lamp") || (has(scene, "wheelhouse") && /\blamp room\b/i.test(scene.brief.subject));
  paintFigure(scene, {
    x: width * dice.range(0.36, 0.64),
    y: 1090,
    height: 720,
    pose: lamps ? "lantern" : "stand",
    distance: 0,
    body,
  });
}

import { n } from "./canvas";
import { coastline } from "./coastline";
import { type Color, color } from "./color";
import { lineNoise } from "./noise";
import type { Scene } from "./scene";
import { paintLampPool, paintTable } from "./table";

/** An old chart: coast, islands, depths, a route. */
export function paintMap(scene: Scene): void {
  const { canvas, width } = scene;
  const dice = scene.dice.fork("map");
  paintTable(scene);
  const paper = color(0.87, 0.05, 82);
  const ink = color(0.36, 0.05, 50);
  const sea = color(0.8, 0.045, 165);
  const edge = 70;
  const noise = lineNoise(dice.fork("edge"), 5);
  const rim = (from: number, to: number, at: (t: number, d: number) => string) =>
    Array.from({ length: 40 }, (_, i) => at(from + ((to - from) * i) / 39, noise(i / 3 + from) * 8)).join(
      "L",
    );
  const sheet = `M${rim(edge, width - edge, (x, d) => `${n(x)} ${n(edge + d)}`)}L${rim(edge, 1000 - edge, (y, d) => `${n(width - edge + d)} ${n(y)}`)}L${rim(width - edge, edge, (x, d) => `${n(x)} ${n(1000 - edge + d)}`)}L${rim(1000 - edge, edge, (y, d) => `${n(edge + d)} ${n(y)}`)}z`;
  canvas.glow(width / 2 + 14, 530, width * 0.56, color(0.08, 0.02, 60), 0.8, 0.6);
  canvas.shape(sheet, paper);
  canvas.group(canvas.clip(sheet), () => {
    canvas.shape(`M0 0H${n(width)}V1000H0z`, sea, { opacity: 0.55, outline: false });
    const cx = width * dice.range(0.4, 0.6);
    let rhumbs = "";
    for (let k = 0; k < 16; k += 1)
      rhumbs += `M${n(cx)} 560l${n(Math.cos((k * Math.PI) / 8) * 2200)} ${n(Math.sin((k * Math.PI) / 8) * 2200)}`;
    canvas.line(rhumbs, ink, 1.6, 0.24);
    const side = dice.chance(0.5) ? 1 : -1;
    const lands = [coastline(dice.fork("main"), side > 0 ? width : 0, 500, width * 0.34, 620, 60)];
    for (let k = 0; k < 8; k += 1)
      lands.push(
        coastline(
          dice.fork(`isle ${k}`),
          width * dice.range(0.14, 0.86),
          dice.range(180, 830),
          dice.range(28, 95),
          dice.range(20, 70),
          26,
        ),
      );
    for (const [grow, opacity] of [
      [1.13, 0.16],
      [1.07, 0.26],
    ] as const)
      canvas.line(lands.map((land) => land(grow)).join(""), ink, 2, opacity);
    canvas.shape(lands.map((land) => land(1)).join(""), color(0.83, 0.07, 80), {});
    canvas.line(lands.map((land) => land(1)).join(""), ink, 3.2, 0.85);
    canvas.line(
      `M${n(width * (0.5 - side * 0.38))} 820C${n(width * (0.5 - side * 0.2))} 700 ${n(width * (0.5 - side * 0.1))} 420 ${n(width * (0.5 + side * 0.14))} 300`,
      color(0.52, 0.17, 28),
      5,
      0,
    );
    canvas.add(
      `<path d="M${n(width * (0.5 - side * 0.38))} 820C${n(width * (0.5 - side * 0.2))} 700 ${n(width * (0.5 - side * 0.1))} 420 ${n(width * (0.5 + side * 0.14))} 300" fill="none" stroke="${canvas.hex(color(0.52, 0.17, 28))}" stroke-width="5" stroke-dasharray="18 13"/>`,
    );
    paintRose(scene, cx, 560, 108, ink);
  });
  paintLampPool(scene, width * (0.5 + dice.range(-0.2, 0.2)), 400);
}

function paintRose(scene: Scene, x: number, y: number, r: number, ink: Color): void {
  const { canvas } = scene;
  canvas.line(
    `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`,
    ink,
    2.5,
    0.7,
  );
  for (let k = 0; k < 8; k += 1) {
    const long = k % 2 ? r * 0.62 : r * 1.22;
    canvas.group(`transform="translate(${n(x)} ${n(y)}) rotate(${k * 45})"`, () => {
      canvas.shape(`M0 ${n(-long)}L${n(r * 0.14)} ${n(-r * 0.14)}L0 0z`, ink, { outline: false });
      canvas.shape(`M0 ${n(-long)}L${n(-r * 0.14)} ${n(-r * 0.14)}L0 0z`, color(0.9, 0.04, 82), {
        outline: false,
      });
    });
  }
}

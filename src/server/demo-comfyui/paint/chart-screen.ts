import { n } from "./canvas";
import { coastline } from "./coastline";
import { color, mix, shade } from "./color";
import type { Scene } from "./scene";

/** A screen in a dark room: a sea chart in lines of light, a route through it. */
export function paintScreen(scene: Scene): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("screen");
  const glow = color(0.82, 0.13, dice.pick([195, 205, 165]));
  const deep = color(0.13, 0.035, glow.h + 30);
  const route = color(0.72, 0.17, 250);
  canvas.shape(
    `M0 0H${n(width)}V1000H0z`,
    canvas.linear([
      [0, color(0.09, 0.02, 250)],
      [1, color(0.05, 0.012, 250)],
    ]),
    { outline: false },
  );
  const [left, top, right, bottom] = [width * 0.09, 96, width * 0.91, 880];
  canvas.glow(width / 2, 480, width * 0.72, glow, 0.3);
  const frame = `M${n(left)} ${top + 26}q0 -26 26 -26H${n(right - 26)}q26 0 26 26V${bottom - 26}q0 26 -26 26H${n(left + 26)}q-26 0 -26 -26z`;
  canvas.line(frame, color(0.2, 0.015, 250), 34);
  canvas.shape(
    frame,
    canvas.linear([
      [0, shade(deep, 0.05)],
      [1, deep],
    ]),
    { outline: false },
  );
  canvas.group(canvas.clip(frame), () => {
    let grid = "";
    for (let x = left; x < right; x += 86) grid += `M${n(x)} ${top}V${bottom}`;
    for (let y = top; y < bottom; y += 86) grid += `M${n(left)} ${n(y)}H${n(right)}`;
    canvas.line(grid, glow, 1.4, 0.16);
    const lands = [-1, 1].flatMap((above) => {
      const shore = coastline(
        dice.fork(`shore ${above}`),
        width * dice.range(0.3, 0.7),
        480 + above * 520,
        width * 0.52,
        270,
        80,
      );
      const isles = Array.from({ length: 6 }, (_, k) =>
        coastline(
          dice.fork(`isle ${above} ${k}`),
          width * dice.range(0.12, 0.88),
          480 + above * dice.range(120, 210),
          dice.range(18, 62),
          dice.range(14, 44),
          22,
        ),
      );
      return [shore, ...isles];
    });
    for (const [grow, opacity] of [
      [1.2, 0.16],
      [1.13, 0.24],
      [1.06, 0.36],
    ] as const)
      canvas.line(lands.map((land) => land(grow)).join(""), glow, 2, opacity);
    canvas.shape(lands.map((land) => land(1)).join(""), mix(deep, glow, 0.13), { outline: false });
    canvas.line(lands.map((land) => land(1)).join(""), glow, 3, 0.9);
    const points = Array.from({ length: 6 }, (_, k) => ({
      x: left + 40 + ((right - left - 80) * k) / 5,
      y: 480 + dice.range(-75, 75),
    }));
    const way = `M${points.map(({ x, y }) => `${n(x)} ${n(y)}`).join("L")}`;
    canvas.line(way, route, 16, 0.25);
    canvas.line(way, mix(route, color(0.9, 0.06, 240), 0.3), 5.5);
    for (const { x, y } of points) canvas.disc(x, y, 9, mix(route, color(0.95, 0.03, 240), 0.6));
    const ship = points[2] ?? { x: width / 2, y: 480 };
    canvas.glow(ship.x, ship.y, 130, light.lamp, 0.8);
    canvas.shape(`M${n(ship.x + 26)} ${n(ship.y)}l-44 -17l10 17l-10 17z`, light.lamp, { outline: false });
    for (let r = 90; r <= 270; r += 90)
      canvas.line(
        `M${n(ship.x - r)} ${n(ship.y)}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0z`,
        light.lamp,
        1.6,
        0.28,
      );
    // A window's reflection on the glass.
    canvas.add(
      `<path d="M${n(width * 0.16)} ${top}H${n(width * 0.4)}L${n(width * 0.24)} ${bottom}H${n(width * 0.02)}z" fill="${
        canvas.linear([
          [0, color(0.95, 0.02, 230), 0.1],
          [1, color(0.95, 0.02, 230), 0],
        ]).url
      }"/>`,
    );
  });
  canvas.glow(width / 2, 1010, width * 0.46, glow, 0.4, 0.2);
}

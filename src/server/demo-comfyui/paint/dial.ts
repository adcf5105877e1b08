import { n } from "./canvas";
import { type Color, color, mix } from "./color";
import type { Scene } from "./scene";

/** A brass instrument on a wall: a clock, or a barometer whose needle is low. */
export function paintDial(scene: Scene): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("dial");
  const wall = mix(
    light.near,
    dice.pick([color(0.4, 0.06, 55), color(0.36, 0.04, 230), color(0.38, 0.045, 160)]),
    light.isDark ? 0.35 : 0.6,
  );
  const from = sun.x > width / 2 ? 1 : -1;
  canvas.shape(
    `M0 0H${n(width)}V1000H0z`,
    canvas.linear(
      [
        [0, mix(wall, light.sun, 0.28)],
        [0.5, wall],
        [1, mix(wall, light.near, 0.7)],
      ],
      { x1: from > 0 ? width : 0, y1: 0, x2: from > 0 ? 0 : width, y2: 700 },
    ),
    { outline: false },
  );
  const boards = Array.from({ length: 10 }, (_, i) => `M${n((i + 0.5) * (width / 10))} 0V1000`).join("");
  canvas.line(boards, light.near, 5, 0.4);
  canvas.line(boards.replaceAll("M", "M"), mix(wall, light.sun, 0.3), 1.5, 0.3);
  const x = width * (0.5 - from * dice.range(0.04, 0.14));
  const y = 500;
  const r = 330;
  const pane = canvas.linear([
    [0, light.sun, 0.26],
    [1, light.sun, 0.04],
  ]);
  for (const k of [0, 1])
    canvas.add(
      `<path d="M${n(x + from * (r + 120) + k * 150)} -20h120L${n(x + from * 60 + k * 150 - from * 330)} 1010h-120z" fill="${pane.url}"/>`,
    );
  canvas.glow(x - from * 46, y + 42, r * 1.3, color(0.05, 0.01, 60), 0.85);
  const brass = (l: number) => mix(color(l, 0.105, 80), light.near, light.isDark ? 0.32 : 0.06);
  const ring = canvas.linear(
    [
      [0, brass(0.93)],
      [0.45, brass(0.66)],
      [1, brass(0.36)],
    ],
    { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r },
  );
  canvas.disc(x, y, r, ring);
  canvas.disc(
    x,
    y,
    r * 0.9,
    canvas.linear(
      [
        [0, brass(0.36)],
        [1, brass(0.84)],
      ],
      { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r },
    ),
  );
  canvas.disc(
    x,
    y,
    r * 0.85,
    canvas.linear(
      [
        [0, mix(color(0.95, 0.025, 88), light.near, light.isDark ? 0.3 : 0.04)],
        [1, mix(color(0.8, 0.04, 82), light.near, light.isDark ? 0.45 : 0.15)],
      ],
      { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r },
    ),
  );
  const clock =
    /\b(clock|watch|seconds|minutes|hours)\b/i.test(scene.brief.subject) &&
    !/\bbarometer\b/i.test(scene.brief.subject);
  const ink = mix(color(0.24, 0.03, 250), light.near, 0.3);
  let ticks = "";
  const count = clock ? 60 : 81;
  for (let i = 0; i < count; i += 1) {
    const angle = clock ? (i / 60) * Math.PI * 2 : (-225 + (i / 80) * 270) * (Math.PI / 180);
    const long = i % (clock ? 5 : 10) === 0 ? 0.12 : 0.05;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    ticks += `M${n(x + cos * r * 0.79)} ${n(y + sin * r * 0.79)}L${n(x + cos * r * (0.79 - long))} ${n(y + sin * r * (0.79 - long))}`;
  }
  canvas.line(ticks, ink, 4.5, 0.85);
  const hand = (degrees: number, length: number, w: number, tint: Color) =>
    canvas.group(`transform="translate(${n(x)} ${n(y)}) rotate(${n(degrees)})"`, () =>
      canvas.shape(
        `M${n(-w)} 46L${n(-w * 0.7)} ${n(-r * length * 0.2)}L0 ${n(-r * length)}L${n(w * 0.7)} ${n(-r * length * 0.2)}L${n(w)} 46z`,
        tint,
        { outline: false },
      ),
    );
  if (clock) {
    hand(dice.range(0, 360), 0.46, 13, ink);
    hand(dice.range(0, 360), 0.7, 9, ink);
    hand(dice.range(0, 360), 0.72, 3.5, color(0.55, 0.18, 28));
  } else {
    canvas.line(
      `M${n(x - r * 0.42)} ${n(y + r * 0.42)}A${n(r * 0.6)} ${n(r * 0.6)} 0 0 1 ${n(x - r * 0.5)} ${n(y - r * 0.33)}`,
      color(0.55, 0.15, 28),
      14,
      0.55,
    );
    hand(-112 + dice.range(-10, 14), 0.7, 10, ink);
    hand(-20 + dice.range(-20, 40), 0.62, 6, brass(0.62));
  }
  canvas.disc(x, y, 24, brass(0.5));
  canvas.disc(x + from * 6, y - 7, 9, brass(0.92));
  canvas.add(
    `<path d="M${n(x + from * r * 0.1)} ${n(y - r * 0.84)}A${n(r * 0.85)} ${n(r * 0.85)} 0 0 ${from > 0 ? 1 : 0} ${n(x + from * r * 0.84)} ${n(y - r * 0.08)}Q${n(x + from * r * 0.5)} ${n(y - r * 0.5)} ${n(x + from * r * 0.1)} ${n(y - r * 0.84)}z" fill="#fff" fill-opacity="0.24"/>`,
  );
}

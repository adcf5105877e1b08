import { n } from "./canvas";
import { type Color, color, mix, shade } from "./color";
import { lineNoise } from "./noise";
import { type Scene, has } from "./scene";
import { paintLampPool, paintTable } from "./table";

/** An open notebook with lines of writing and small drawings of what the prompt names. */
export function paintBook(scene: Scene): void {
  const { canvas, width } = scene;
  const dice = scene.dice.fork("book");
  paintTable(scene);
  const paper = color(0.93, 0.03, 84);
  const ink = color(0.34, 0.04, 260);
  canvas.group(`transform="translate(${n(width / 2)} 510) rotate(${n(dice.range(-9, 9))})"`, () => {
    canvas.glow(16, 40, 760, color(0.1, 0.02, 60), 0.75, 0.62);
    canvas.shape("M-566 -330H566V350H-566z", color(0.33, 0.07, 30));
    for (const side of [-1, 1]) {
      const page = canvas.linear(
        [
          [0, mix(paper, color(0.6, 0.04, 70), 0.75)],
          [0.14, paper],
          [1, shade(paper, -0.03)],
        ],
        { x1: 0, y1: 0, x2: side * 540, y2: 0 },
      );
      canvas.shape(
        `M0 -306Q${n(side * 230)} -342 ${n(side * 540)} -312V318Q${n(side * 230)} 288 0 324z`,
        page,
      );
      const drawing = side > 0 ? dice.pick(["light", "coast"] as const) : "words";
      if (drawing === "words") writeLines(scene, -490, -236, 420, 12, ink);
      else {
        drawCoast(scene, 60, -30, 420, has(scene, "lighthouse") || drawing === "light", ink);
        writeLines(scene, 70, 130, 400, 4, ink);
      }
    }
    canvas.line("M0 -306V322", color(0.45, 0.04, 60), 5, 0.6);
    canvas.line("M300 372L640 210", color(0.72, 0.13, 80), 20);
    canvas.line("M640 210L664 199", color(0.25, 0.03, 60), 9);
  });
  paintLampPool(scene, width * (0.5 + dice.range(-0.16, 0.16)), 420);
}

function writeLines(scene: Scene, x: number, y: number, width: number, count: number, ink: Color): void {
  const dice = scene.dice.fork(`writing ${x}`);
  let d = "";
  for (let i = 0; i < count; i += 1) {
    const end = i === count - 1 ? width * 0.55 : width * dice.range(0.86, 1);
    for (let px = 0; px < end;) {
      const word = dice.range(24, 74);
      d += `M${n(x + px)} ${n(y + i * 42)}`;
      for (let k = 0; k < word / 8; k += 1) d += `q4 ${n(dice.range(-17, 5))} 8 0`;
      px += word + 16;
    }
  }
  scene.canvas.line(d, ink, 3, 0.75);
}

function drawCoast(scene: Scene, x: number, y: number, width: number, tower: boolean, ink: Color): void {
  const { canvas } = scene;
  const noise = lineNoise(scene.dice.fork("drawn coast"), 5);
  let ridge = "";
  let rock = "";
  for (let k = 0; k <= 40; k += 1) {
    const px = x + (k / 40) * width;
    ridge += `${k ? "L" : "M"}${n(px)} ${n(y - 60 - 55 * Math.abs(noise(k / 9)))}`;
    if (k < 22)
      rock += `${k ? "L" : "M"}${n(px)} ${n(y + 36 - 46 * Math.sin((k / 21) * Math.PI) + 9 * noise(k / 3))}`;
  }
  canvas.line(ridge, ink, 3, 0.8);
  canvas.line(rock, ink, 3.5, 0.9);
  let hatch = "";
  for (let k = 0; k < 24; k += 1) hatch += `M${n(x + 30 + k * 11)} ${n(y + 30)}l-12 24`;
  canvas.line(hatch, ink, 2, 0.45);
  let waves = "";
  for (let k = 0; k < 9; k += 1)
    waves += `M${n(x + (k % 3) * 130 + 20)} ${n(y + 62 + Math.floor(k / 3) * 18)}q16 -9 32 0t32 0`;
  canvas.line(waves, ink, 2.5, 0.6);
  if (!tower) return;
  const tx = x + width * 0.28;
  canvas.shape(`M${n(tx - 17)} ${n(y - 2)}L${n(tx - 11)} ${n(y - 142)}h22l6 140z`, color(0.95, 0.02, 85));
  canvas.shape(`M${n(tx - 14.5)} ${n(y - 62)}l2 -40h25l2 40z`, color(0.55, 0.15, 28), { outline: false });
  canvas.line(
    `M${n(tx - 17)} ${n(y - 2)}L${n(tx - 11)} ${n(y - 142)}h22l6 140M${n(tx - 16)} ${n(y - 142)}h32M${n(tx - 8)} ${n(y - 142)}v-24h16v24M${n(tx - 11)} ${n(y - 166)}l11 -14l11 14M${n(tx + 24)} ${n(y - 156)}l70 -16M${n(tx + 24)} ${n(y - 150)}l74 6`,
    ink,
    3,
    0.9,
  );
}

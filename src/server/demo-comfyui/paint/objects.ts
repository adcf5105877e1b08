import { n } from "./canvas";
import { color, mix, shade, type Color } from "./color";
import { lineNoise } from "./noise";
import { has, type Scene } from "./scene";

/** A table seen from above, its boards running across, brighter where the lamp's light falls. */
function paintTable(scene: Scene): Color {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("table");
  const wood = mix(dice.pick([color(0.4, 0.065, 48), color(0.34, 0.05, 40), color(0.46, 0.06, 65), color(0.3, 0.04, 250)]), light.near, light.isDark ? 0.35 : 0.12);
  canvas.shape(`M0 0H${n(width)}V1000H0z`, wood, { outline: false });
  let y = 0;
  while (y < 1000) {
    const h = dice.range(120, 190);
    canvas.shape(`M0 ${n(y)}H${n(width)}v${n(h)}H0z`, shade(wood, dice.range(-0.035, 0.03)), { outline: false });
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

function paintLampPool(scene: Scene, x: number, y: number): void {
  const { canvas, light, width } = scene;
  const warm = light.isDark || light.hour === "storm" ? light.lamp : light.sun;
  canvas.glow(x, y, width * 0.62, warm, light.isDark ? 0.5 : 0.4);
  const dark = canvas.radial([[0, light.near, 0], [0.55, light.near, 0.08], [1, light.near, light.isDark ? 0.9 : 0.62]]);
  canvas.add(`<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(width * 0.82)}" ry="1050" fill="${dark.url}"/>`);
  canvas.add(`<path fill-rule="evenodd" d="M${n(-width)} -1000H${n(width * 2)}V2000H${n(-width)}zM${n(x - width * 0.82)} ${n(y)}a${n(width * 0.82)} 1050 0 1 0 ${n(width * 1.64)} 0a${n(width * 0.82)} 1050 0 1 0 ${n(-width * 1.64)} 0z" fill="${canvas.hex(light.near)}" fill-opacity="${light.isDark ? 0.9 : 0.62}"/>`);
}

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
      const page = canvas.linear([[0, mix(paper, color(0.6, 0.04, 70), 0.75)], [0.14, paper], [1, shade(paper, -0.03)]], { x1: 0, y1: 0, x2: side * 540, y2: 0 });
      canvas.shape(`M0 -306Q${n(side * 230)} -342 ${n(side * 540)} -312V318Q${n(side * 230)} 288 0 324z`, page);
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
    for (let px = 0; px < end; ) {
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
    if (k < 22) rock += `${k ? "L" : "M"}${n(px)} ${n(y + 36 - 46 * Math.sin((k / 21) * Math.PI) + 9 * noise(k / 3))}`;
  }
  canvas.line(ridge, ink, 3, 0.8);
  canvas.line(rock, ink, 3.5, 0.9);
  let hatch = "";
  for (let k = 0; k < 24; k += 1) hatch += `M${n(x + 30 + k * 11)} ${n(y + 30)}l-12 24`;
  canvas.line(hatch, ink, 2, 0.45);
  let waves = "";
  for (let k = 0; k < 9; k += 1) waves += `M${n(x + (k % 3) * 130 + 20)} ${n(y + 62 + Math.floor(k / 3) * 18)}q16 -9 32 0t32 0`;
  canvas.line(waves, ink, 2.5, 0.6);
  if (!tower) return;
  const tx = x + width * 0.28;
  canvas.shape(`M${n(tx - 17)} ${n(y - 2)}L${n(tx - 11)} ${n(y - 142)}h22l6 140z`, color(0.95, 0.02, 85));
  canvas.shape(`M${n(tx - 14.5)} ${n(y - 62)}l2 -40h25l2 40z`, color(0.55, 0.15, 28), { outline: false });
  canvas.line(`M${n(tx - 17)} ${n(y - 2)}L${n(tx - 11)} ${n(y - 142)}h22l6 140M${n(tx - 16)} ${n(y - 142)}h32M${n(tx - 8)} ${n(y - 142)}v-24h16v24M${n(tx - 11)} ${n(y - 166)}l11 -14l11 14M${n(tx + 24)} ${n(y - 156)}l70 -16M${n(tx + 24)} ${n(y - 150)}l74 6`, ink, 3, 0.9);
}

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
  const rim = (from: number, to: number, at: (t: number, d: number) => string) => Array.from({ length: 40 }, (_, i) => at(from + ((to - from) * i) / 39, noise(i / 3 + from) * 8)).join("L");
  const sheet = `M${rim(edge, width - edge, (x, d) => `${n(x)} ${n(edge + d)}`)}L${rim(edge, 1000 - edge, (y, d) => `${n(width - edge + d)} ${n(y)}`)}L${rim(width - edge, edge, (x, d) => `${n(x)} ${n(1000 - edge + d)}`)}L${rim(1000 - edge, edge, (y, d) => `${n(edge + d)} ${n(y)}`)}z`;
  canvas.glow(width / 2 + 14, 530, width * 0.56, color(0.08, 0.02, 60), 0.8, 0.6);
  canvas.shape(sheet, paper);
  canvas.group(canvas.clip(sheet), () => {
    canvas.shape(`M0 0H${n(width)}V1000H0z`, sea, { opacity: 0.55, outline: false });
    const cx = width * dice.range(0.4, 0.6);
    let rhumbs = "";
    for (let k = 0; k < 16; k += 1) rhumbs += `M${n(cx)} 560l${n(Math.cos((k * Math.PI) / 8) * 2200)} ${n(Math.sin((k * Math.PI) / 8) * 2200)}`;
    canvas.line(rhumbs, ink, 1.6, 0.24);
    const side = dice.chance(0.5) ? 1 : -1;
    const lands = [coastline(dice.fork("main"), side > 0 ? width : 0, 500, width * 0.34, 620, 60)];
    for (let k = 0; k < 8; k += 1) lands.push(coastline(dice.fork(`isle ${k}`), width * dice.range(0.14, 0.86), dice.range(180, 830), dice.range(28, 95), dice.range(20, 70), 26));
    for (const [grow, opacity] of [[1.13, 0.16], [1.07, 0.26]] as const) canvas.line(lands.map((land) => land(grow)).join(""), ink, 2, opacity);
    canvas.shape(lands.map((land) => land(1)).join(""), color(0.83, 0.07, 80), {});
    canvas.line(lands.map((land) => land(1)).join(""), ink, 3.2, 0.85);
    canvas.line(`M${n(width * (0.5 - side * 0.38))} 820C${n(width * (0.5 - side * 0.2))} 700 ${n(width * (0.5 - side * 0.1))} 420 ${n(width * (0.5 + side * 0.14))} 300`, color(0.52, 0.17, 28), 5, 0);
    canvas.add(`<path d="M${n(width * (0.5 - side * 0.38))} 820C${n(width * (0.5 - side * 0.2))} 700 ${n(width * (0.5 - side * 0.1))} 420 ${n(width * (0.5 + side * 0.14))} 300" fill="none" stroke="${canvas.hex(color(0.52, 0.17, 28))}" stroke-width="5" stroke-dasharray="18 13"/>`);
    paintRose(scene, cx, 560, 108, ink);
  });
  paintLampPool(scene, width * (0.5 + dice.range(-0.2, 0.2)), 400);
}

function paintRose(scene: Scene, x: number, y: number, r: number, ink: Color): void {
  const { canvas } = scene;
  canvas.line(`M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`, ink, 2.5, 0.7);
  for (let k = 0; k < 8; k += 1) {
    const long = k % 2 ? r * 0.62 : r * 1.22;
    canvas.group(`transform="translate(${n(x)} ${n(y)}) rotate(${k * 45})"`, () => {
      canvas.shape(`M0 ${n(-long)}L${n(r * 0.14)} ${n(-r * 0.14)}L0 0z`, ink, { outline: false });
      canvas.shape(`M0 ${n(-long)}L${n(-r * 0.14)} ${n(-r * 0.14)}L0 0z`, color(0.9, 0.04, 82), { outline: false });
    });
  }
}

/** A closed shore around a point; the answer draws it a little larger or smaller. */
function coastline(dice: Scene["dice"], x: number, y: number, rx: number, ry: number, points: number): (grow: number) => string {
  const noise = lineNoise(dice, 5);
  return (grow) => {
    let d = "";
    for (let i = 0; i < points * 3; i += 1) {
      const angle = (i / (points * 3)) * Math.PI * 2;
      // The noise is laid around a circle, so that the shore closes.
      const r = 1 + 0.42 * noise(8 + 2.2 * Math.cos(angle)) + 0.32 * noise(40 + 2.2 * Math.sin(angle)) + 0.05 * noise(i);
      d += `${i ? "L" : "M"}${n(x + Math.cos(angle) * rx * r * grow)} ${n(y + Math.sin(angle) * ry * r * grow)}`;
    }
    return `${d}z`;
  };
}

/** A screen in a dark room: a sea chart in lines of light, a route through it. */
export function paintScreen(scene: Scene): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("screen");
  const glow = color(0.82, 0.13, dice.pick([195, 205, 165]));
  const deep = color(0.13, 0.035, glow.h + 30);
  const route = color(0.72, 0.17, 250);
  canvas.shape(`M0 0H${n(width)}V1000H0z`, canvas.linear([[0, color(0.09, 0.02, 250)], [1, color(0.05, 0.012, 250)]]), { outline: false });
  const [left, top, right, bottom] = [width * 0.09, 96, width * 0.91, 880];
  canvas.glow(width / 2, 480, width * 0.72, glow, 0.3);
  const frame = `M${n(left)} ${top + 26}q0 -26 26 -26H${n(right - 26)}q26 0 26 26V${bottom - 26}q0 26 -26 26H${n(left + 26)}q-26 0 -26 -26z`;
  canvas.line(frame, color(0.2, 0.015, 250), 34);
  canvas.shape(frame, canvas.linear([[0, shade(deep, 0.05)], [1, deep]]), { outline: false });
  canvas.group(canvas.clip(frame), () => {
    let grid = "";
    for (let x = left; x < right; x += 86) grid += `M${n(x)} ${top}V${bottom}`;
    for (let y = top; y < bottom; y += 86) grid += `M${n(left)} ${n(y)}H${n(right)}`;
    canvas.line(grid, glow, 1.4, 0.16);
    const lands = [-1, 1].flatMap((above) => {
      const shore = coastline(dice.fork(`shore ${above}`), width * dice.range(0.3, 0.7), 480 + above * 520, width * 0.52, 270, 80);
      const isles = Array.from({ length: 6 }, (_, k) => coastline(dice.fork(`isle ${above} ${k}`), width * dice.range(0.12, 0.88), 480 + above * dice.range(120, 210), dice.range(18, 62), dice.range(14, 44), 22));
      return [shore, ...isles];
    });
    for (const [grow, opacity] of [[1.2, 0.16], [1.13, 0.24], [1.06, 0.36]] as const) canvas.line(lands.map((land) => land(grow)).join(""), glow, 2, opacity);
    canvas.shape(lands.map((land) => land(1)).join(""), mix(deep, glow, 0.13), { outline: false });
    canvas.line(lands.map((land) => land(1)).join(""), glow, 3, 0.9);
    const points = Array.from({ length: 6 }, (_, k) => ({ x: left + 40 + ((right - left - 80) * k) / 5, y: 480 + dice.range(-75, 75) }));
    const way = `M${points.map(({ x, y }) => `${n(x)} ${n(y)}`).join("L")}`;
    canvas.line(way, route, 16, 0.25);
    canvas.line(way, mix(route, color(0.9, 0.06, 240), 0.3), 5.5);
    for (const { x, y } of points) canvas.disc(x, y, 9, mix(route, color(0.95, 0.03, 240), 0.6));
    const ship = points[2] ?? { x: width / 2, y: 480 };
    canvas.glow(ship.x, ship.y, 130, light.lamp, 0.8);
    canvas.shape(`M${n(ship.x + 26)} ${n(ship.y)}l-44 -17l10 17l-10 17z`, light.lamp, { outline: false });
    for (let r = 90; r <= 270; r += 90) canvas.line(`M${n(ship.x - r)} ${n(ship.y)}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0z`, light.lamp, 1.6, 0.28);
    // A window's reflection on the glass.
    canvas.add(`<path d="M${n(width * 0.16)} ${top}H${n(width * 0.4)}L${n(width * 0.24)} ${bottom}H${n(width * 0.02)}z" fill="${canvas.linear([[0, color(0.95, 0.02, 230), 0.1], [1, color(0.95, 0.02, 230), 0]]).url}"/>`);
  });
  canvas.glow(width / 2, 1010, width * 0.46, glow, 0.4, 0.2);
}

/** A brass instrument on a wall: a clock, or a barometer whose needle is low. */
export function paintDial(scene: Scene): void {
  const { canvas, light, width, sun } = scene;
  const dice = scene.dice.fork("dial");
  const wall = mix(light.near, dice.pick([color(0.4, 0.06, 55), color(0.36, 0.04, 230), color(0.38, 0.045, 160)]), light.isDark ? 0.35 : 0.6);
  const from = sun.x > width / 2 ? 1 : -1;
  canvas.shape(`M0 0H${n(width)}V1000H0z`, canvas.linear([[0, mix(wall, light.sun, 0.28)], [0.5, wall], [1, mix(wall, light.near, 0.7)]], { x1: from > 0 ? width : 0, y1: 0, x2: from > 0 ? 0 : width, y2: 700 }), { outline: false });
  const boards = Array.from({ length: 10 }, (_, i) => `M${n((i + 0.5) * (width / 10))} 0V1000`).join("");
  canvas.line(boards, light.near, 5, 0.4);
  canvas.line(boards.replaceAll("M", "M"), mix(wall, light.sun, 0.3), 1.5, 0.3);
  const x = width * (0.5 - from * dice.range(0.04, 0.14));
  const y = 500;
  const r = 330;
  const pane = canvas.linear([[0, light.sun, 0.26], [1, light.sun, 0.04]]);
  for (const k of [0, 1]) canvas.add(`<path d="M${n(x + from * (r + 120) + k * 150)} -20h120L${n(x + from * 60 + k * 150 - from * 330)} 1010h-120z" fill="${pane.url}"/>`);
  canvas.glow(x - from * 46, y + 42, r * 1.3, color(0.05, 0.01, 60), 0.85);
  const brass = (l: number) => mix(color(l, 0.105, 80), light.near, light.isDark ? 0.32 : 0.06);
  const ring = canvas.linear([[0, brass(0.93)], [0.45, brass(0.66)], [1, brass(0.36)]], { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r });
  canvas.disc(x, y, r, ring);
  canvas.disc(x, y, r * 0.9, canvas.linear([[0, brass(0.36)], [1, brass(0.84)]], { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r }));
  canvas.disc(x, y, r * 0.85, canvas.linear([[0, mix(color(0.95, 0.025, 88), light.near, light.isDark ? 0.3 : 0.04)], [1, mix(color(0.8, 0.04, 82), light.near, light.isDark ? 0.45 : 0.15)]], { x1: x + from * r, y1: y - r, x2: x - from * r, y2: y + r }));
  const clock = /\b(clock|watch|seconds|minutes|hours)\b/i.test(scene.brief.subject) && !/\bbarometer\b/i.test(scene.brief.subject);
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
  const hand = (degrees: number, length: number, w: number, tint: Color) => canvas.group(`transform="translate(${n(x)} ${n(y)}) rotate(${n(degrees)})"`, () => canvas.shape(`M${n(-w)} 46L${n(-w * 0.7)} ${n(-r * length * 0.2)}L0 ${n(-r * length)}L${n(w * 0.7)} ${n(-r * length * 0.2)}L${n(w)} 46z`, tint, { outline: false }));
  if (clock) {
    hand(dice.range(0, 360), 0.46, 13, ink);
    hand(dice.range(0, 360), 0.7, 9, ink);
    hand(dice.range(0, 360), 0.72, 3.5, color(0.55, 0.18, 28));
  } else {
    canvas.line(`M${n(x - r * 0.42)} ${n(y + r * 0.42)}A${n(r * 0.6)} ${n(r * 0.6)} 0 0 1 ${n(x - r * 0.5)} ${n(y - r * 0.33)}`, color(0.55, 0.15, 28), 14, 0.55);
    hand(-112 + dice.range(-10, 14), 0.7, 10, ink);
    hand(-20 + dice.range(-20, 40), 0.62, 6, brass(0.62));
  }
  canvas.disc(x, y, 24, brass(0.5));
  canvas.disc(x + from * 6, y - 7, 9, brass(0.92));
  canvas.add(`<path d="M${n(x + from * r * 0.1)} ${n(y - r * 0.84)}A${n(r * 0.85)} ${n(r * 0.85)} 0 0 ${from > 0 ? 1 : 0} ${n(x + from * r * 0.84)} ${n(y - r * 0.08)}Q${n(x + from * r * 0.5)} ${n(y - r * 0.5)} ${n(x + from * r * 0.1)} ${n(y - r * 0.84)}z" fill="#fff" fill-opacity="0.24"/>`);
}

import { n } from "./canvas";
import { color, mix, shade } from "./color";
import { paintFigure } from "./figure";
import { paintLighthouse } from "./lighthouse";
import { paintOutside } from "./outside";
import { type Scene, has } from "./scene";

/** A room with one window: its light falls on the floor, a lamp stands on the desk. */
export function paintRoom(scene: Scene): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("room");
  const side = dice.chance(0.5) ? 1 : -1;
  const w = width * dice.range(0.22, 0.3);
  const x = width * (0.5 - side * dice.range(0.12, 0.2)) - w / 2;
  const [top, bottom] = [150, 600];
  const view: Scene = { ...scene, horizon: 470, sun: { x: x + w * 0.62, y: light.isDark ? 270 : 330 } };
  canvas.group(canvas.clip(`M${n(x)} ${top}h${n(w)}V${bottom}h${n(-w)}z`), () => {
    paintOutside(view);
    if (has(scene, "lighthouse")) paintLighthouse(view, x + w * 0.34, 474, 0.42, { beam: light.isDark });
  });
  const paintTone = mix(
    light.near,
    dice.pick([color(0.46, 0.06, 55), color(0.42, 0.05, 160), color(0.4, 0.05, 255), color(0.45, 0.07, 25)]),
    light.isDark ? 0.3 : 0.55,
  );
  const wall = canvas.linear(
    [
      [0, mix(paintTone, light.near, 0.45)],
      [0.5, paintTone],
      [1, mix(paintTone, light.near, 0.35)],
    ],
    { x1: side > 0 ? 0 : width, y1: 0, x2: side > 0 ? width : 0, y2: 300 },
  );
  const floorTop = 760;
  canvas.shape(`M0 0H${n(width)}V${floorTop}H0zM${n(x)} ${top}V${bottom}H${n(x + w)}V${top}z`, wall, {
    outline: false,
  });
  canvas.glow(x + w / 2, 380, width * 0.4, mix(light.skyLow, light.sun, 0.5), light.isDark ? 0.2 : 0.42);
  const floor = mix(paintTone, color(0.3, 0.05, 50), 0.55);
  canvas.shape(
    `M0 ${floorTop}H${n(width)}V1000H0z`,
    canvas.linear([
      [0, mix(floor, light.near, 0.35)],
      [1, mix(floor, light.near, 0.6)],
    ]),
    { outline: false },
  );
  const boards = Array.from(
    { length: 13 },
    (_, i) => `M${n((i / 12) * width)} ${floorTop}L${n(width / 2 + (i / 12 - 0.5) * width * 1.9)} 1000`,
  ).join("");
  canvas.line(boards, light.near, 2.5, 0.4);
  canvas.shape(`M0 ${floorTop - 34}H${n(width)}v34H0z`, mix(paintTone, light.near, 0.5), { outline: false });
  paintWindowFrame(scene, { x, top, w, bottom }, mix(paintTone, light.near, 0.3));
  // The window's light on the floor.
  if (!light.isDark || light.hour === "night") {
    const fall = side * 250;
    const patch = canvas.linear([
      [0, light.sun, light.isDark ? 0.2 : 0.55],
      [1, light.sun, 0.06],
    ]);
    for (const k of [0, 1])
      canvas.shape(
        `M${n(x + fall * 0.5 + k * w * 0.5 + 8)} ${floorTop + 8}h${n(w * 0.46)}L${n(x + fall + k * w * 0.62 + w * 0.52)} 975h${n(-w * 0.56)}z`,
        patch,
        { outline: false },
      );
    canvas.add(
      `<path d="M${n(x)} ${top}H${n(x + w)}L${n(x + fall + w * 1.2)} 980H${n(x + fall - w * 0.1)}z" fill="${
        canvas.linear(
          [
            [0, light.sun, 0.16],
            [1, light.sun, 0.02],
          ],
          { x1: 0, y1: top, x2: 0, y2: 980 },
        ).url
      }"/>`,
    );
  }
  paintDesk(scene, width * (0.5 + side * 0.26), 742, side);
  if (has(scene, "person", "portrait") || dice.chance(0.4))
    paintFigure(scene, {
      x: x + w * (side > 0 ? 0.82 : 0.18),
      y: 925,
      height: 590,
      pose: has(scene, "lamp") && light.isDark ? "lantern" : "stand",
      distance: 0,
      body: mix(light.near, color(0.26, 0.04, 250), 0.3),
    });
}

function paintWindowFrame(
  scene: Scene,
  { x, top, w, bottom }: { x: number; top: number; w: number; bottom: number },
  frame: ReturnType<typeof color>,
): void {
  const { canvas, light } = scene;
  const pale = mix(frame, light.sun, 0.24);
  canvas.line(`M${n(x)} ${top}h${n(w)}V${bottom}h${n(-w)}z`, frame, 22);
  canvas.line(
    `M${n(x + w / 2)} ${top}V${bottom}M${n(x)} ${n(top + (bottom - top) * 0.38)}h${n(w)}`,
    frame,
    13,
  );
  canvas.line(`M${n(x + w / 2 + 5)} ${top}V${bottom}`, pale, 2.5, 0.7);
  canvas.shape(`M${n(x - 34)} ${bottom + 4}h${n(w + 68)}v24h${n(-w - 68)}z`, pale);
  canvas.shape(`M${n(x - 34)} ${bottom + 28}h${n(w + 68)}v16h${n(-w - 68)}z`, frame, { outline: false });
}

/** A desk with a lamp, books and a cup. */
function paintDesk(scene: Scene, x: number, y: number, side: number): void {
  const { canvas, light, width } = scene;
  const dice = scene.dice.fork("desk");
  const wood = mix(light.near, color(0.42, 0.07, 50), light.isDark ? 0.45 : 0.6);
  const w = width * 0.2;
  const burns = light.isDark || light.hour === "storm" || light.hour === "fog" || has(scene, "lamp");
  if (burns) canvas.glow(x + side * w * 0.45, y - 190, 520, light.lamp, 0.6);
  canvas.shape(
    `M${n(x - w + 14)} ${n(y + 8)}h26v214h-26zM${n(x + w - 40)} ${n(y + 8)}h26v214h-26z`,
    mix(wood, light.near, 0.45),
  );
  canvas.shape(
    `M${n(x - w + 40)} ${n(y + 12)}h${n(w * 2 - 80)}v50h${n(-w * 2 + 80)}z`,
    mix(wood, light.near, 0.3),
  );
  canvas.shape(
    `M${n(x - w - 14)} ${n(y - 10)}h${n(w * 2 + 28)}v24h${n(-w * 2 - 28)}z`,
    canvas.linear([
      [0, mix(wood, burns ? light.lamp : light.sun, 0.3)],
      [1, wood],
    ]),
  );
  for (let k = 0, bx = x - side * w * 0.8; k < 4; k += 1) {
    const h = dice.range(70, 120);
    const bw = dice.range(18, 30);
    const tint = dice.pick([
      color(0.5, 0.1, 30),
      color(0.5, 0.06, 150),
      color(0.45, 0.07, 250),
      color(0.7, 0.08, 85),
    ]);
    canvas.shape(`M${n(bx)} ${n(y - 10)}v${n(-h)}h${n(bw)}v${n(h)}z`, mix(tint, light.near, 0.42));
    bx += bw + 2;
  }
  canvas.shape(
    `M${n(x - 62)} ${n(y - 10)}l14 -22q30 -9 54 0q26 -9 52 0l18 22z`,
    mix(color(0.92, 0.03, 85), light.near, light.isDark ? 0.35 : 0.12),
  );
  const lx = x + side * w * 0.45;
  canvas.line(`M${n(lx)} ${n(y - 12)}v-120q0 -30 ${n(-side * 34)} -58`, mix(wood, light.near, 0.55), 7);
  canvas.shape(`M${n(lx - 26)} ${n(y - 12)}h52l-8 -12h-36z`, mix(wood, light.near, 0.55));
  const hx = lx - side * 38;
  canvas.shape(
    `M${n(hx - 46)} ${n(y - 166)}Q${n(hx)} ${n(y - 178)} ${n(hx + 46)} ${n(y - 166)}L${n(hx + 18)} ${n(y - 218)}h-36z`,
    burns ? shade(light.lamp, -0.12) : mix(wood, light.near, 0.2),
  );
  if (!burns) return;
  canvas.glow(hx, y - 160, 150, mix(light.lamp, light.sun, 0.5), 0.95);
  canvas.add(
    `<path d="M${n(hx - 42)} ${n(y - 164)}h84L${n(hx + 190)} ${n(y - 10)}H${n(hx - 190)}z" fill="${
      canvas.linear([
        [0, light.lamp, 0.5],
        [1, light.lamp, 0.05],
      ]).url
    }"/>`,
  );
  canvas.glow(hx, y - 8, 240, light.lamp, 0.65, 0.12);
}

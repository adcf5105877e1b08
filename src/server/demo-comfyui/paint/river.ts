import { paintBridge } from "./bridge";
import { n } from "./canvas";
import { mix } from "./color";
import { paintHouses } from "./houses";
import { paintChurch } from "./landmarks";
import { lineNoise } from "./noise";
import { type Scene, atDistance, has } from "./scene";
import { paintMist } from "./terrain";
import { conifer, coniferBelt, grass } from "./trees";
import { paintRowboat } from "./vessels";
import { paintWater } from "./water";

/** A river towards the viewer, or a lake, with banks; a bridge where one is asked for. */
export function paintRiver(scene: Scene, side: number): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("river");
  const bank = mix(light.land, light.near, light.isDark ? 0.5 : 0.36);
  if (has(scene, "village", "church", "city") || dice.chance(0.35)) {
    const from = side > 0 ? width * 0.05 : width * 0.5;
    paintHouses(scene, { from, to: from + width * 0.45, y: horizon + 6, size: 52, rows: 2, distance: 0.42 });
    if (has(scene, "church")) paintChurch(scene, from + width * 0.2, horizon, 0.62);
  } else {
    canvas.shape(
      coniferBelt(dice.fork("far"), -10, width, () => horizon + 6, 62, 1.6),
      atDistance(scene, mix(light.near, light.land, 0.2), 0.52),
    );
  }
  paintWater(scene, horizon + 4);
  if (has(scene, "bridge")) {
    const bridge = { y: horizon - 70, arches: dice.int(3, 5), height: 190, train: has(scene, "train") };
    paintBridge(scene, bridge);
    paintBridgeReflection(scene, bridge.y + bridge.height);
  }
  if (light.hour === "fog" || light.hour === "dawn") paintMist(scene, horizon + 60, 190, 0.7);
  if (has(scene, "rowboat", "sailboat"))
    paintRowboat(scene, width * (0.5 - side * 0.12), 800, 1.15, side > 0);
  for (const edge of [side, -side]) {
    const reach = width * (edge === side ? dice.range(0.4, 0.52) : dice.range(0.14, 0.24));
    const start = edge === side ? dice.range(740, 800) : dice.range(850, 900);
    const rough = lineNoise(dice.fork(`bank ${edge}`), 4);
    const x0 = edge > 0 ? width : 0;
    let d = `M${n(x0)} ${n(start)}`;
    for (let k = 0; k <= 20; k += 1) {
      const t = k / 20;
      d += `L${n(x0 - edge * reach * t)} ${n(start + (1010 - start) * t ** 2.1 + rough(t * 6) * 12 * (1 - t))}`;
    }
    canvas.shape(`${d}L${n(x0)} 1010z`, mix(bank, light.near, 0.35));
    const at = (x: number) => start + (1010 - start) * Math.min(1, Math.abs(x0 - x) / reach) ** 2.1;
    const [from, to] = edge > 0 ? [width - reach * 0.8, width + 10] : [-10, reach * 0.8];
    canvas.shape(grass(dice.fork(`reeds ${edge}`), from, to, at, 92, 9), mix(light.near, light.land, 0.12), {
      outline: false,
    });
    if (edge === side && !has(scene, "bridge"))
      canvas.shape(
        conifer(dice, x0 - edge * 110, start + 20, 420) + conifer(dice, x0 - edge * 240, start + 40, 330),
        light.near,
      );
  }
}

/** The dark of a bridge in the water at its feet. */
function paintBridgeReflection(scene: Scene, y: number): void {
  const { canvas, light, width } = scene;
  const dark = mix(light.near, light.water, 0.4);
  canvas.shape(
    `M0 ${n(y - 3)}H${n(width)}V${n(y + 150)}H0z`,
    canvas.linear([
      [0, dark, 0.55],
      [1, dark, 0],
    ]),
    { outline: false },
  );
  const dice = scene.dice.fork("bridge water");
  const strokes = Array.from({ length: 60 }, () => {
    const depth = dice.next();
    return `M${n(dice.range(-40, width))} ${n(y + 4 + depth * 140)}h${n(dice.range(30, 150))}v${n(1 + depth * 2)}h-60z`;
  });
  canvas.shape(strokes.join(""), mix(light.skyLow, light.water, 0.4), { opacity: 0.4, outline: false });
}

import { n } from "./canvas";
import { mix } from "./color";
import { paintDunes } from "./desert";
import { paintFactory } from "./factory";
import { paintFigure } from "./figure";
import { paintForeground } from "./foreground";
import { paintCastle } from "./landmarks";
import { paintMeadow } from "./meadow";
import { paintRiver } from "./river";
import { type Scene, has } from "./scene";
import { paintSky } from "./sky";
import { paintHills, paintMist } from "./terrain";

/** Open country: hills or mountains behind, then what the prompt puts in front of them. */
export function paintLand(scene: Scene): void {
  const { light, width, horizon } = scene;
  const dice = scene.dice.fork("land");
  const side = dice.chance(0.5) ? 1 : -1;
  paintSky(scene);
  const wet = has(scene, "river", "bridge");
  if (has(scene, "desert")) paintDunes(scene, side);
  else {
    const sharp = has(scene, "mountain") || (!has(scene, "field", "village") && dice.chance(0.45));
    paintHills(scene, {
      chains: sharp ? 4 : 3,
      height: sharp ? dice.range(240, 360) : dice.range(90, 150),
      bottom: horizon + (wet ? 10 : 120),
      sharp,
    });
    if (light.hour === "fog" || light.hour === "dawn" || light.hour === "winter")
      paintMist(scene, horizon + 10, 220, 0.75);
    if (has(scene, "castle")) paintCastle(scene, width * (0.5 + side * 0.2), horizon + 20, 1.05);
    if (has(scene, "factory")) paintFactory(scene, side);
    if (wet) paintRiver(scene, side);
    else paintMeadow(scene, side);
  }
  if (wet || has(scene, "desert")) return;
  if (has(scene, "road")) paintRoad(scene, side, horizon + 86);
  if (has(scene, "person", "crowd") && !has(scene, "factory")) paintWalkers(scene, side);
  paintForeground(scene, -side);
}

/** A road that winds up from the lower edge to the hills. */
function paintRoad(scene: Scene, side: number, top: number): void {
  const { canvas, light, width } = scene;
  const steps = 26;
  const left: string[] = [];
  const right: string[] = [];
  for (let k = 0; k <= steps; k += 1) {
    const t = k / steps;
    const y = top + (1010 - top) * t ** 1.5;
    const x =
      width * (0.5 + side * 0.1 * (1 - t)) + side * Math.sin(t * 8.2) * (26 + 210 * t) * (1 - t * 0.55);
    const half = 3 + 150 * t ** 1.7;
    left.push(`${n(x - half)} ${n(y)}`);
    right.unshift(`${n(x + half)} ${n(y)}`);
  }
  const dust = mix(light.haze, light.land, light.isDark ? 0.1 : 0.25);
  const paint = canvas.linear(
    [
      [0, dust],
      [1, mix(dust, light.near, 0.35)],
    ],
    { x1: 0, y1: top, x2: 0, y2: 1000 },
  );
  canvas.shape(`M${left.join("L")}L${right.join("L")}z`, paint);
}

function paintWalkers(scene: Scene, side: number): void {
  const { width } = scene;
  const dice = scene.dice.fork("walkers");
  const count = has(scene, "crowd") ? 7 : 1;
  for (let k = 0; k < count; k += 1) {
    const height = count > 1 ? dice.range(120, 150) : dice.range(230, 280);
    paintFigure(scene, {
      x: width * (0.5 - side * (count > 1 ? 0.32 - k * 0.075 : 0.2)),
      y: 930 - k * 5,
      height,
      pose: count > 1 && k % 3 === 1 ? "carry" : "walk",
      distance: 0,
    });
  }
}

import { type Scene, has } from "./scene";
import { paintSky } from "./sky";
import { paintHills, paintMist } from "./terrain";
import { paintWater } from "./water";

/** What lies outside a window. */
export function paintOutside(scene: Scene): void {
  const dice = scene.dice.fork("outside");
  paintSky(scene);
  const wet = has(scene, "sea", "ship", "lighthouse", "harbour", "wheelhouse", "rocks") || dice.chance(0.35);
  paintHills(scene, {
    chains: 3,
    height: dice.range(70, 140),
    bottom: scene.horizon + (wet ? 6 : 160),
    sharp: dice.chance(0.4),
  });
  if (wet) paintWater(scene, scene.horizon);
  if (scene.light.hour === "fog" || scene.light.hour === "dawn") paintMist(scene, scene.horizon, 260, 0.8);
}

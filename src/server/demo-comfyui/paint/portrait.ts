import { mix } from "./color";
import { paintProfile } from "./figure";
import { has, type Scene } from "./scene";
import { paintSky } from "./sky";
import { paintHills, paintMist } from "./terrain";
import { paintWater } from "./water";

/** Somebody close by, with the place that the prompt names far behind, out of focus. */
export function paintPortrait(scene: Scene): void {
  const { canvas, light, width, horizon, sun } = scene;
  const dice = scene.dice.fork("portrait");
  const facing = sun.x > width / 2 ? 1 : -1;
  paintSky(scene);
  const wet = has(scene, "sea", "ship", "river", "harbour", "lighthouse", "rocks", "rowboat", "sailboat");
  paintHills(scene, {
    chains: 2,
    height: dice.range(70, 130),
    bottom: horizon + (wet ? 8 : 90),
    sharp: has(scene, "mountain"),
  });
  if (wet) paintWater(scene, horizon);
  else
    canvas.shape(
      `M0 ${horizon + 40}H${width}V1000H0z`,
      canvas.linear([
        [0, mix(light.land, light.haze, 0.4)],
        [1, mix(light.land, light.near, 0.5)],
      ]),
      { outline: false },
    );
  paintMist(scene, horizon + 20, 260, 0.5);
  // Lights out of focus.
  for (let i = 0; i < 14; i += 1) {
    const r = dice.range(16, 54);
    canvas.disc(
      dice.range(0, width),
      horizon + dice.range(-120, 260),
      r,
      light.isDark ? light.lamp : light.sun,
      dice.range(0.05, light.isDark ? 0.24 : 0.16),
    );
  }
  const words = scene.brief.subject.toLowerCase();
  const man =
    /\b(he|his|man|fisherman|captain|king|father|boy|monk|soldier)\b/.test(words) &&
    !/\b(she|her|woman)\b/.test(words);
  const old =
    /\b(old|elder\w*|aged|grand\w+|seventy\w*|white)\b/.test(words) ||
    (!/\b(young|girl|boy|child|nineteen)\b/.test(words) && dice.chance(0.35));
  paintProfile(scene, {
    x: width * (0.5 - facing * dice.range(0.08, 0.17)),
    y: dice.range(440, 500),
    size: dice.range(500, 640),
    facing,
    old,
    beard: man && old,
    cap: /\b(captain|pilot|sailor|fisherman|soldier|driver)\b/.test(words) || (man && dice.chance(0.3)),
  });
}

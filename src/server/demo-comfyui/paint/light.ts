import { color, type Color } from "./color";
import type { Dice } from "./dice";
import { palettes, suns, type Hour } from "./palettes";

/** The light of a scene: the colours that everything in it is made of. */
export interface Light {
  hour: Hour;
  isDark: boolean;
  skyTop: Color;
  skyMid: Color;
  skyLow: Color;
  /** What distance turns everything into. */
  haze: Color;
  /** Sun or moon. */
  sun: Color;
  /** The darkest, nearest things. */
  near: Color;
  water: Color;
  /** Land in full view: grass, earth, snow. */
  land: Color;
  /** Windows, lamps, fires. */
  lamp: Color;
}

/** The light of that hour; the seed chooses among its moods. */
export function lightOf(hour: Hour, dice: Dice): Light {
  const turn = dice.range(-16, 16);
  const lift = dice.range(-0.03, 0.035);
  const mood = (part: Color): Color => ({
    l: Math.min(0.985, part.l + lift),
    c: part.c * (1 + lift * 3),
    h: part.h + turn,
  });
  const [skyTop, skyMid, skyLow, haze, near, water, land] = dice.pick(palettes[hour]);
  return {
    hour,
    isDark: hour === "dusk" || hour === "night",
    skyTop: mood(skyTop),
    skyMid: mood(skyMid),
    skyLow: mood(skyLow),
    haze: mood(haze),
    sun: suns[hour],
    near: { ...near, h: near.h + turn },
    water: mood(water),
    land: mood(land),
    lamp: color(0.87, 0.13, 78),
  };
}

import { color, type Color } from "./color";
import type { Dice } from "./dice";

export type Hour = "dawn" | "day" | "golden" | "dusk" | "night" | "storm" | "fog" | "winter";

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

type Parts = [top: Color, mid: Color, low: Color, haze: Color, near: Color, water: Color, land: Color];

const palettes: Record<Hour, readonly [Parts, ...Parts[]]> = {
  dawn: [
    [color(0.5, 0.075, 268), color(0.72, 0.08, 340), color(0.89, 0.075, 55), color(0.78, 0.06, 20), color(0.22, 0.05, 285), color(0.6, 0.055, 295), color(0.42, 0.05, 330)],
    [color(0.56, 0.06, 225), color(0.78, 0.05, 80), color(0.91, 0.07, 75), color(0.82, 0.05, 75), color(0.24, 0.04, 235), color(0.62, 0.045, 215), color(0.44, 0.05, 150)],
    [color(0.44, 0.06, 255), color(0.66, 0.075, 15), color(0.86, 0.1, 50), color(0.72, 0.07, 25), color(0.19, 0.04, 265), color(0.52, 0.06, 275), color(0.36, 0.05, 20)],
  ],
  day: [
    [color(0.57, 0.1, 246), color(0.74, 0.075, 236), color(0.91, 0.03, 220), color(0.84, 0.035, 225), color(0.27, 0.045, 200), color(0.55, 0.08, 228), color(0.58, 0.1, 135)],
    [color(0.68, 0.065, 225), color(0.83, 0.04, 215), color(0.94, 0.035, 100), color(0.88, 0.03, 180), color(0.3, 0.05, 165), color(0.62, 0.06, 205), color(0.64, 0.09, 120)],
    [color(0.61, 0.08, 232), color(0.8, 0.05, 205), color(0.93, 0.05, 90), color(0.86, 0.04, 120), color(0.28, 0.045, 130), color(0.58, 0.065, 200), color(0.66, 0.1, 98)],
  ],
  golden: [
    [color(0.5, 0.065, 258), color(0.71, 0.085, 55), color(0.88, 0.12, 78), color(0.79, 0.1, 68), color(0.2, 0.045, 45), color(0.56, 0.07, 55), color(0.5, 0.09, 80)],
    [color(0.44, 0.085, 285), color(0.66, 0.12, 25), color(0.87, 0.125, 68), color(0.73, 0.11, 40), color(0.19, 0.055, 320), color(0.5, 0.085, 340), color(0.42, 0.08, 30)],
    [color(0.52, 0.05, 215), color(0.76, 0.07, 85), color(0.9, 0.1, 88), color(0.83, 0.08, 85), color(0.23, 0.04, 120), color(0.58, 0.05, 150), color(0.55, 0.1, 105)],
  ],
  dusk: [
    [color(0.26, 0.075, 275), color(0.43, 0.105, 322), color(0.73, 0.135, 42), color(0.5, 0.1, 350), color(0.13, 0.035, 285), color(0.32, 0.075, 300), color(0.24, 0.05, 310)],
    [color(0.25, 0.055, 242), color(0.43, 0.06, 222), color(0.79, 0.1, 72), color(0.54, 0.06, 200), color(0.14, 0.03, 235), color(0.35, 0.055, 222), color(0.25, 0.04, 200)],
    [color(0.24, 0.07, 258), color(0.38, 0.09, 285), color(0.66, 0.12, 12), color(0.45, 0.09, 310), color(0.12, 0.03, 265), color(0.3, 0.07, 272), color(0.22, 0.05, 280)],
  ],
  night: [
    [color(0.14, 0.045, 264), color(0.22, 0.06, 255), color(0.38, 0.065, 236), color(0.3, 0.055, 242), color(0.08, 0.02, 260), color(0.2, 0.05, 248), color(0.16, 0.035, 240)],
    [color(0.13, 0.05, 288), color(0.21, 0.07, 282), color(0.37, 0.075, 268), color(0.29, 0.065, 275), color(0.08, 0.025, 285), color(0.19, 0.055, 275), color(0.15, 0.04, 280)],
    [color(0.13, 0.03, 225), color(0.21, 0.05, 208), color(0.38, 0.06, 190), color(0.29, 0.05, 200), color(0.08, 0.018, 215), color(0.2, 0.045, 205), color(0.15, 0.03, 195)],
  ],
  storm: [
    [color(0.34, 0.022, 245), color(0.5, 0.022, 235), color(0.74, 0.022, 215), color(0.6, 0.022, 225), color(0.18, 0.02, 235), color(0.42, 0.03, 225), color(0.36, 0.03, 160)],
    [color(0.3, 0.03, 205), color(0.46, 0.032, 190), color(0.71, 0.035, 150), color(0.56, 0.03, 180), color(0.17, 0.022, 200), color(0.38, 0.04, 190), color(0.34, 0.04, 140)],
    [color(0.32, 0.035, 272), color(0.48, 0.03, 262), color(0.72, 0.03, 70), color(0.58, 0.025, 265), color(0.17, 0.025, 265), color(0.4, 0.035, 255), color(0.34, 0.03, 120)],
  ],
  fog: [
    [color(0.76, 0.02, 235), color(0.82, 0.02, 220), color(0.88, 0.022, 90), color(0.83, 0.02, 215), color(0.34, 0.03, 232), color(0.7, 0.025, 220), color(0.58, 0.03, 170)],
    [color(0.72, 0.028, 60), color(0.82, 0.035, 70), color(0.9, 0.035, 82), color(0.84, 0.03, 75), color(0.33, 0.03, 40), color(0.72, 0.03, 75), color(0.6, 0.04, 95)],
    [color(0.66, 0.03, 200), color(0.76, 0.03, 190), color(0.86, 0.025, 160), color(0.79, 0.028, 185), color(0.3, 0.03, 205), color(0.64, 0.035, 195), color(0.52, 0.035, 165)],
  ],
  winter: [
    [color(0.62, 0.055, 245), color(0.8, 0.035, 235), color(0.94, 0.025, 60), color(0.88, 0.025, 240), color(0.27, 0.035, 255), color(0.6, 0.045, 235), color(0.93, 0.014, 240)],
    [color(0.58, 0.05, 280), color(0.77, 0.055, 330), color(0.93, 0.05, 50), color(0.86, 0.035, 330), color(0.26, 0.04, 280), color(0.58, 0.05, 275), color(0.92, 0.02, 320)],
    [color(0.5, 0.035, 235), color(0.68, 0.025, 230), color(0.88, 0.018, 215), color(0.78, 0.02, 230), color(0.23, 0.025, 245), color(0.5, 0.035, 230), color(0.87, 0.014, 235)],
  ],
};

const suns: Record<Hour, Color> = {
  dawn: color(0.97, 0.055, 75),
  day: color(0.99, 0.03, 100),
  golden: color(0.97, 0.09, 88),
  dusk: color(0.93, 0.11, 62),
  night: color(0.96, 0.025, 230),
  storm: color(0.93, 0.02, 100),
  fog: color(0.97, 0.02, 95),
  winter: color(0.985, 0.03, 75),
};

/** The light of that hour; the seed chooses among its moods. */
export function lightOf(hour: Hour, dice: Dice): Light {
  const turn = dice.range(-16, 16);
  const lift = dice.range(-0.03, 0.035);
  const mood = (part: Color): Color => ({ l: Math.min(0.985, part.l + lift), c: part.c * (1 + lift * 3), h: part.h + turn });
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

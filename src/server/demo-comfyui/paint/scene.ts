import type { Brief, Thing } from "./brief";
import type { Canvas } from "./canvas";
import { mix, type Color } from "./color";
import type { Dice } from "./dice";
import type { Light } from "./light";

/** Everything that the parts of a picture share. */
export interface Scene {
  canvas: Canvas;
  brief: Brief;
  light: Light;
  dice: Dice;
  /** Width of the picture where its height is 1000. */
  width: number;
  /** Where the ground meets the sky. */
  horizon: number;
  /** Sun, moon, or where the light comes from. */
  sun: { x: number; y: number };
}

/** The colour of a thing at a distance, 0 being here and 1 the horizon: the air takes its part. */
export function atDistance(scene: Scene, color: Color, distance: number): Color {
  const thickness = scene.light.hour === "fog" ? 1.35 : scene.light.hour === "storm" ? 1.1 : 1;
  return mix(color, scene.light.haze, Math.min(0.96, 1 - (1 - distance) ** (1.25 * thickness)));
}

export function has(scene: Scene, ...things: Thing[]): boolean {
  return things.some((thing) => scene.brief.things.has(thing));
}

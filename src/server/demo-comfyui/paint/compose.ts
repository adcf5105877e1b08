import { readPrompt, type Brief } from "./brief";
import { Canvas } from "./canvas";
import { Dice } from "./dice";
import { paintForest, paintLand } from "./land";
import { lightOf } from "./light";
import { has, type Scene } from "./scene";
import { paintSeascape } from "./seascape";
import { styles } from "./style";

export interface Commission {
  /** Pixels: only their ratio matters here. */
  width: number;
  height: number;
  prompt: string;
  seed: number;
  loras: readonly string[];
}

/** Paints what a prompt asks for. The result is drawn at any size; equal commissions give equal pictures. */
export function compose(commission: Commission): { canvas: Canvas; brief: Brief } {
  const dice = new Dice(`${commission.prompt}\n${commission.seed}`);
  const brief = readPrompt(commission.prompt, commission.loras, dice.fork("brief"));
  const style = styles[brief.style];
  const width = (1000 * commission.width) / commission.height;
  const canvas = new Canvas(width, style);
  const light = lightOf(brief.hour, dice.fork("light"));
  const horizon = dice.range(470, 620);
  const low = light.hour === "dusk" || light.hour === "golden" || light.hour === "dawn";
  const sun = { x: width * (0.5 + (dice.chance(0.5) ? 1 : -1) * dice.range(0.1, 0.34)), y: low ? horizon - dice.range(30, 120) : horizon * dice.range(0.2, 0.5) };
  const scene: Scene = { canvas, brief, light, dice, width, horizon, sun };
  if (has(scene, "forest") && !has(scene, "river", "village", "mountain")) paintForest(scene);
  else if (has(scene, "sea", "ship", "lighthouse", "waves", "sailboat", "rowboat", "harbour", "island") && !has(scene, "river")) paintSeascape(scene);
  else paintLand(scene);
  return { canvas, brief };
}

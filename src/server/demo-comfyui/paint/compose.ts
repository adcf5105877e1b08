import { readPrompt, type Brief } from "./brief";
import { Canvas } from "./canvas";
import { paintCity } from "./city";
import { Dice } from "./dice";
import { paintForest, paintLand } from "./land";
import { lightOf } from "./light";
import { paintBook, paintDial, paintMap, paintScreen } from "./objects";
import { paintPortrait } from "./portrait";
import { paintRoom, paintWheelhouse } from "./room";
import { has, type Scene } from "./scene";
import { paintSeascape } from "./seascape";
import { paintStairs } from "./stairs";
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
  chooseScene(scene)(scene);
  return { canvas, brief };
}

/** The kind of picture: things first, then rooms, then what is far away; people alone are looked at closely. */
function chooseScene(scene: Scene): (scene: Scene) => void {
  if (has(scene, "screen")) return paintScreen;
  if (has(scene, "wheelhouse")) return paintWheelhouse;
  if (has(scene, "dial") && !has(scene, "lighthouse", "village", "city", "stars")) return paintDial;
  if (has(scene, "stairs")) return paintStairs;
  if (has(scene, "portrait")) return paintPortrait;
  if (has(scene, "book") && !has(scene, "room")) return paintBook;
  if (has(scene, "map") && !has(scene, "sea", "island", "road")) return paintMap;
  if (has(scene, "room", "window") && !has(scene, "lighthouse", "city", "sea")) return paintRoom;
  if (has(scene, "city") && !has(scene, "village")) return paintCity;
  if (has(scene, "forest") && !has(scene, "river", "village", "mountain")) return paintForest;
  if (has(scene, "sea", "ship", "lighthouse", "waves", "sailboat", "rowboat", "harbour", "island") && !has(scene, "river")) return paintSeascape;
  if (has(scene, "lamp")) return paintRoom;
  const open = has(scene, "river", "bridge", "mountain", "field", "road", "village", "factory", "church", "desert", "castle", "train", "forest", "tree", "snow", "crowd");
  if (has(scene, "person") && !open) return scene.dice.fork("person").pick([paintPortrait, paintRoom, paintLand]);
  if (open) return paintLand;
  return scene.dice.fork("open").pick([paintLand, paintLand, paintSeascape, paintForest, paintCity]);
}

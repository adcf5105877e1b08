import { readPrompt, type Brief } from "./brief";
import { Canvas } from "./canvas";
import { paintCity } from "./city";
import { mix, type Color } from "./color";
import { Dice } from "./dice";
import { finish } from "./finish";
import { paintForest } from "./forest";
import { paintLand } from "./land";
import { lightOf, type Light } from "./light";
import { paintBook } from "./notebook";
import { paintDial } from "./dial";
import { paintMap } from "./sea-map";
import { paintScreen } from "./chart-screen";
import { paintPortrait } from "./portrait";
import type { Reference } from "./reference";
import { paintRoom } from "./room";
import { paintWheelhouse } from "./wheelhouse";
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
  references: readonly Reference[];
  /** False: nothing written on it. */
  imprint: boolean;
}

/** Paints what a prompt asks for. The result is drawn at any size; equal commissions give equal pictures. */
export function compose(commission: Commission): { canvas: Canvas; brief: Brief } {
  const dice = new Dice(`${commission.prompt}\n${commission.seed}`);
  const brief = readPrompt(commission.prompt, commission.loras, dice.fork("brief"));
  const style = styles[brief.style];
  // A strip keeps the composition of a long picture and is stretched.
  const width = Math.min(4000, Math.max(300, (1000 * commission.width) / commission.height));
  const canvas = new Canvas(width, style);
  const light = tinted(lightOf(brief.hour, dice.fork("light")), commission.references);
  const horizon = dice.range(470, 620);
  const low = light.hour === "dusk" || light.hour === "golden" || light.hour === "dawn";
  const sun = {
    x: width * (0.5 + (dice.chance(0.5) ? 1 : -1) * dice.range(0.1, 0.34)),
    y: low ? horizon - dice.range(30, 120) : horizon * dice.range(0.2, 0.5),
  };
  const scene: Scene = { canvas, brief, light, dice, width, horizon, sun };
  // Below everything: edges of what is painted later never let nothing shine through.
  canvas.shape(`M-9 -9H${Math.ceil(width) + 9}V1009H-9z`, light.haze, { outline: false });
  chooseScene(scene)(scene);
  finish(
    scene,
    commission.imprint
      ? { caption: brief.subject, references: commission.references.map((it) => it.thumbnail) }
      : null,
  );
  return { canvas, brief };
}

/** The light in the colours of the references: each gives its share to sky, air and water. */
function tinted(light: Light, references: readonly Reference[]): Light {
  const tint = references
    .map((it) => it.tint)
    .reduce<Color | null>((sum, it) => (sum ? mix(sum, it, 0.5) : it), null);
  if (!tint) return light;
  const towards = (color: Color, share: number): Color => {
    const other = mix(color, { ...tint, l: color.l, c: Math.min(0.14, tint.c * 1.2) }, share);
    return { ...other, l: color.l };
  };
  return {
    ...light,
    skyTop: towards(light.skyTop, 0.5),
    skyMid: towards(light.skyMid, 0.62),
    skyLow: towards(light.skyLow, 0.5),
    haze: towards(light.haze, 0.66),
    near: towards(light.near, 0.3),
    water: towards(light.water, 0.6),
    land: towards(light.land, 0.55),
  };
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
  if (
    has(scene, "sea", "ship", "lighthouse", "waves", "sailboat", "rowboat", "harbour", "island") &&
    !has(scene, "river")
  )
    return paintSeascape;
  if (has(scene, "lamp")) return paintRoom;
  const open = has(
    scene,
    "river",
    "bridge",
    "mountain",
    "field",
    "road",
    "village",
    "factory",
    "church",
    "desert",
    "castle",
    "train",
    "forest",
    "tree",
    "snow",
    "crowd",
    "fire",
    "stars",
  );
  if (has(scene, "person") && !open)
    return scene.dice.fork("person").pick([paintPortrait, paintRoom, paintLand]);
  if (open) return paintLand;
  return scene.dice.fork("open").pick([paintLand, paintLand, paintSeascape, paintForest, paintCity]);
}

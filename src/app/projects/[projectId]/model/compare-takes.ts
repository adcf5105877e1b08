import type { Take } from "@/lib/schemas/take";
import { grouped } from "../../../_ui/wording";
import { markWords, type Piece } from "./marked-words";

/** What ids and moments are called. */
export interface TakeWords {
  model: (id: string | null) => string;
  style: (id: string | null) => string;
  character: (id: string) => string;
  moment: (time: string) => string;
}

export interface TakeDifference {
  /** In lower case. */
  name: string;
  values: [Piece[], Piece[]];
}

export interface TakeComparison {
  differs: TakeDifference[];
  /** Names of what both were made from alike. */
  same: string[];
}

/** Who made a picture, inside a sentence. */
export const RENDERERS: Record<Take["renderer"], string> = {
  comfyui: "ComfyUI",
  demo: "demo renderer",
  own: "your own picture",
};

const plain = (text: string): Piece[] => [{ text, isMarked: false }];
const orNone = <T>(value: T | null, words: (value: T) => string): string =>
  value === null ? "none" : words(value);

/** In what two takes differ, and what is the same; what neither of them has is left out. */
export function compareTakes(a: Take, b: Take, words: TakeWords): TakeComparison {
  const differs: TakeDifference[] = [];
  const same: string[] = [];
  const row = <T>(
    name: string,
    valueOf: (take: Take) => T | null,
    show: (value: T, other: T | null) => Piece[],
  ) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null && right === null) return;
    if (JSON.stringify(left) === JSON.stringify(right)) same.push(name);
    else
      differs.push({
        name,
        values: [
          left === null ? plain("none") : show(left, right),
          right === null ? plain("none") : show(right, left),
        ],
      });
  };
  const text = (value: string, other: string | null) =>
    other === null ? plain(value) : markWords(value, other)[0];
  const as =
    <T>(say: (value: T) => string) =>
    (value: T) =>
      plain(say(value));

  row("prompt", (take) => take.prompt, text);
  row("negative prompt", (take) => take.negativePrompt, text);
  row("seed", (take) => take.seed, as(grouped));
  if (a.renderer !== "own" || b.renderer !== "own") {
    row("model", (take) => modelOf(take, words), as(String));
    // Another model has another workflow anyhow.
    if (a.modelId === b.modelId)
      row(
        "workflow",
        (take) => take.workflowHash,
        as((hash) => `version ${hash.slice(0, 8)}`),
      );
    row("style", (take) => styleOf(take, words), as(String));
  }
  row(
    "LoRA",
    (take) => take.lora,
    as(({ file, strength }) => `${file} at ${strength}`),
  );
  row(
    "references",
    (take) => (take.references.length === 0 ? null : take.references),
    (references, others) =>
      references.map(({ characterId, imageId }, index) => {
        const isMarked = !others?.some((one) => one.imageId === imageId);
        const isOtherPicture = isMarked && others?.some((one) => one.characterId === characterId);
        const name = `${words.character(characterId)}${isOtherPicture ? " (another picture)" : ""}`;
        return { text: index < references.length - 1 ? `${name},` : name, isMarked };
      }),
  );
  row("steps", (take) => take.steps, as(String));
  row("CFG", (take) => take.cfg, as(String));
  row(
    "size",
    ({ width, height }): [number, number] => [width, height],
    as(([width, height]) => `${width} × ${height}`),
  );
  row(
    "renderer",
    (take) => take.renderer,
    as((renderer) => RENDERERS[renderer]),
  );
  row("made", (take) => take.createdAt, as(words.moment));
  return { differs, same };
}

const modelOf = (take: Take, words: TakeWords) =>
  take.renderer === "own" ? null : words.model(take.modelId);
const styleOf = (take: Take, words: TakeWords) =>
  take.renderer === "own" ? null : orNone(take.styleId, words.style);

/**
 * Which two takes stand beside each other.
 * @param items newest first
 * @param wanted ids; one that is not there any more, or stands at the other side, is replaced
 */
export function pickPair(
  items: readonly Take[],
  wanted: { left?: string | undefined; right?: string | undefined },
): { left: Take; right: Take } | null {
  const find = (id: string | undefined) => items.find((one) => one.id === id);
  const right = find(wanted.right);
  const left =
    find(wanted.left) ??
    items.find((one) => one.isSelected && one !== right) ??
    items.find((one) => one !== right);
  const other = right !== undefined && right !== left ? right : items.find((one) => one !== left);
  return left && other ? { left, right: other } : null;
}

/** The next take at one side, past the one at the other; the same where there is none. */
export function stepTake(items: readonly Take[], from: Take, beside: Take, by: 1 | -1): Take {
  const left = items.filter((one) => one.id !== beside.id);
  const at = left.findIndex((one) => one.id === from.id);
  return left[at + by] ?? from;
}

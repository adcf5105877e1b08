import type { Character } from "@/lib/schemas/character";
import { counted } from "../_ui/wording";

export const KINDS: readonly { value: Character["kind"]; name: string }[] = [
  { value: "person", name: "Person" },
  { value: "place", name: "Place" },
  { value: "object", name: "Object" },
];

/** A character in a few words: `Person · 2 pictures`. */
export function characterWords({ kind, images }: Pick<Character, "kind" | "images">): string {
  const name = KINDS.find((one) => one.value === kind)?.name ?? kind;
  return `${name} · ${images.length === 0 ? "no picture yet" : counted(images.length, "picture")}`;
}

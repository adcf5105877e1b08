import type { Hotkeys } from "./use-hotkeys";

export const GROUPS = ["Move", "Choose", "Paint", "Decide", "Arrange", "View"] as const;

/** Something that can be done on the board: by its keys, from the palette, and in the list of keys. */
export interface Command {
  /** What it does, in lower case: `paint again`. */
  words: string;
  group: (typeof GROUPS)[number];
  /** As `useHotkeys` takes them; none where only the palette has it. */
  keys: readonly string[];
  /** How they are shown; as they are, where it is left out. */
  shown?: readonly string[];
  /** Answers false where there is nothing to do now. */
  run: (event?: KeyboardEvent) => boolean | void;
  /** Moves through the board, which a palette is of no use for. */
  isMove?: boolean;
}

const NAMES: Record<string, string> = {
  Mod: "Ctrl",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  " ": "Space",
  Delete: "Del",
};

/** A command's keys, as they are written on keyboards. */
export function shownKeys({ keys, shown }: Pick<Command, "keys" | "shown">): readonly string[] {
  if (shown) return shown;
  const [first] = keys;
  if (first === undefined) return [];
  const parts = first === "+" ? ["+"] : first.split("+");
  return parts.map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** The commands by their keys. */
export const toHotkeys = (commands: readonly Command[]): Hotkeys =>
  Object.fromEntries(commands.flatMap((one) => one.keys.map((key) => [key, one.run])));

/**
 * The commands whose words hold all that was typed, best first: those that begin with it, then those in which it begins
 * a word.
 */
export function findCommands<T extends { words: string }>(commands: readonly T[], typed: string): T[] {
  const wanted = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ words }: T): number => {
    const text = words.toLowerCase();
    if (!wanted.every((one) => text.includes(one))) return -1;
    const [first = ""] = wanted;
    if (text.startsWith(first)) return 0;
    return text.includes(` ${first}`) ? 1 : 2;
  };
  return commands
    .map((one) => ({ one, rank: rank(one) }))
    .filter((found) => found.rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
    .map((found) => found.one);
}

import type { PromptRow } from "./prompt-table";

/** A shot of the board, as far as prompts are matched to it. */
export interface PromptShot {
  id: string;
  /** On the board, from 1. */
  number: number;
  text: string;
  /** Its own prompt; null where its text is. */
  imagePrompt: string | null;
}

export interface PromptMatch<Shot extends PromptShot> {
  shot: Shot;
  /** null: its text is its prompt from now on. */
  prompt: string | null;
  /** The number in the table, where the sentence stands elsewhere by now. */
  movedFrom: number | null;
}

export interface PromptMatches<Shot extends PromptShot> {
  /** Shots that get another prompt, in board order. */
  changes: PromptMatch<Shot>[];
  /** Rows that say what is there already. */
  same: number;
  /** Rows whose number is of another sentence, which stands nowhere on the board, or more than once. */
  strange: { row: PromptRow; shot: Shot }[];
  /** Rows whose number is not on the board. */
  beyond: PromptRow[];
}

/** Texts that differ in nothing but blanks, case and marks are one: spreadsheets and chat programs change those. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * Which shots of a board the rows of a table are for: by their number, checked against the sentence where the table
 * has it; a sentence that was moved since is found where it stands now.
 * @param byNumber whether rows with another sentence count by their number all the same
 */
export function matchPrompts<Shot extends PromptShot>(
  shots: readonly Shot[],
  rows: readonly PromptRow[],
  byNumber: boolean,
): PromptMatches<Shot> {
  const numbered = new Map(shots.map((shot) => [shot.number, shot]));
  const byText = Map.groupBy(shots, (shot) => plain(shot.text));
  const found: PromptMatches<Shot> = { changes: [], same: 0, strange: [], beyond: [] };
  const taken = new Map<string, PromptMatch<Shot>>();
  const add = (shot: Shot, row: PromptRow) => {
    const prompt = row.prompt === "" ? null : row.prompt;
    const movedFrom = shot.number === row.number ? null : row.number;
    // What stands at its own number goes before what was found elsewhere.
    if (movedFrom === null || !taken.has(shot.id)) taken.set(shot.id, { shot, prompt, movedFrom });
  };
  for (const row of rows) {
    const shot = numbered.get(row.number);
    const isItself = shot && (row.text === null || plain(row.text) === plain(shot.text));
    if (isItself) {
      add(shot, row);
      continue;
    }
    const elsewhere = row.text === null ? [] : (byText.get(plain(row.text)) ?? []);
    if (elsewhere.length === 1) add(elsewhere[0]!, row);
    else if (!shot) found.beyond.push(row);
    else if (byNumber) add(shot, row);
    else found.strange.push({ row, shot });
  }
  const matches = [...taken.values()].toSorted((a, b) => a.shot.number - b.shot.number);
  found.changes = matches.filter(({ shot, prompt }) => (shot.imagePrompt?.trim() || null) !== prompt);
  found.same = matches.length - found.changes.length;
  return found;
}

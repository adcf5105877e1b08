/** A stretch of a text, and whether the other text lacks it. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

/** Words of both texts multiplied: above it what lies between a common beginning and end is marked as a whole. */
const MOST = 4_000_000;

/** Two texts, each with the words marked that the other one has not in that place. */
export function markWords(a: string, b: string): [Piece[], Piece[]] {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const start = commonStart(one, other);
  const rest: [string[], string[]] = [one.slice(start), other.slice(start)];
  const end = commonStart(rest[0].toReversed(), rest[1].toReversed());
  const middle = rest.map((words) => words.slice(0, words.length - end)) as [string[], string[]];
  const kept = commonWords(...middle);
  return [one, other].map((words, side) =>
    toPieces(
      words.map((text, at) => {
        const isMiddle = at >= start && at < words.length - end;
        return { text, isMarked: isMiddle && !kept[side]!.has(at - start) };
      }),
    ),
  ) as [Piece[], Piece[]];
}

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

function commonStart(a: readonly string[], b: readonly string[]): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at += 1;
  return at;
}

/** Places of the longest run of words that both have in this order, in each of them. */
function commonWords(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const kept: [Set<number>, Set<number>] = [new Set(), new Set()];
  if (a.length * b.length > MOST) return kept;
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  for (let i = 0, j = 0; i < a.length && j < b.length;)
    if (a[i] === b[j]) {
      kept[0].add(i);
      kept[1].add(j);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  return kept;
}

/** Neighbours of one kind become one stretch. */
function toPieces(words: readonly Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { text, isMarked } of words) {
    const last = pieces.at(-1);
    if (last?.isMarked === isMarked) last.text += ` ${text}`;
    else pieces.push({ text, isMarked });
  }
  return pieces;
}

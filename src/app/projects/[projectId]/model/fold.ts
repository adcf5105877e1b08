/** Letters that are not a plain one with a mark, and yet typed as one. */
const PLAIN: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ς: "σ",
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");
/** A text of these alone is folded by making it lower case. */
const ASCII = /^[\0-\x7f]*$/;

/** A text as it is searched: without capitals and without marks on letters. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter]!);
}

/** What is searched for, word by word. */
export const searchedWords = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean);

/** Parts of a text, each with whether it is one of the words: together they are the text. */
export interface TextPart {
  text: string;
  isMatch: boolean;
}

/** Where folded words stand in a text. */
export function markMatches(text: string, words: readonly string[]): TextPart[] {
  const isMatch = new Uint8Array(text.length);
  const { folded, places } = foldWithPlaces(text);
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
      isMatch.fill(1, places[at]!, places[at + word.length]!);
  const parts: TextPart[] = [];
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    while (end < text.length && isMatch[end] === isMatch[at]) end += 1;
    parts.push({ text: text.slice(at, end), isMatch: isMatch[at] === 1 });
    at = end;
  }
  return parts;
}

/** Letters that an excerpt shows before what was found. */
const BEFORE = 8;

/**
 * A text from a little before the first of the folded words on.
 * @returns null where none of them is in it
 */
export function excerptOf(text: string, words: readonly string[]): string | null {
  const parts = markMatches(text, words);
  const first = parts.findIndex((part) => part.isMatch);
  if (first < 0) return null;
  const at = first === 0 ? 0 : parts[0]!.text.length;
  if (at <= BEFORE) return text;
  const space = text.indexOf(" ", at - BEFORE);
  return `…${text.slice(space < 0 || space >= at ? at : space + 1)}`;
}

/** The folded text, and for each of its units and its end where in the text that stands. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    // A mark after its letter belongs to it.
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Letters that have no accent to lose, as people write them in ASCII. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŋ: "n",
};

/**
 * The words of a text in lower-case ASCII. Accents are dropped and apostrophes close up; what has no ASCII form, such as
 * another script, falls away.
 */
export function asciiWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replace(/[ßæœøłđðþıħŋ]/g, (letter) => LETTERS[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  return plain.match(/[a-z0-9]+/g) ?? [];
}

/** As many whole words, joined by `-`, as fit; a first word that is too long is cut. */
export function slug(text: string, most: number): string {
  let joined = "";
  for (const word of asciiWords(text)) {
    const next = joined === "" ? word : `${joined}-${word}`;
    if (next.length > most) return joined === "" ? word.slice(0, Math.max(0, most)) : joined;
    joined = next;
  }
  return joined;
}

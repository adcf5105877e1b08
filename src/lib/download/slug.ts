/** Letters that decomposing leaves as they are, and how they are written in ASCII. */
const LETTERS: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ŧ: "t",
  ĸ: "k",
  ə: "e",
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/**
 * A text as lower-case ASCII words with `-` between them, cut at a word; empty where it has no letter that ASCII can
 * write (other scripts fall away).
 * @param most characters; a single word that is longer is cut
 */
export function slug(text: string, most: number): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ]/gu, "")
    .replace(OTHER_LETTERS, (letter) => LETTERS[letter] ?? "")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let joined = "";
  for (const word of words) {
    const longer = joined === "" ? word : `${joined}-${word}`;
    if (longer.length > most) break;
    joined = longer;
  }
  return joined === "" ? (words[0] ?? "").slice(0, Math.max(0, most)) : joined;
}

const escapeForRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Scripts that put no blank between words, or hang endings on a name: there a name's end is no word's end. */
const UNSPACED =
  "\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}";
const WORD = "[\\p{L}\\p{M}\\p{N}]";
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, "u");

/**
 * Ids of the characters whose names stand in the text as whole words, in the order of their first mention;
 * upper and lower case are the same, and so are the two ways to write an accent.
 */
export function findCharacters(text: string, cast: readonly { id: string; name: string }[]): string[] {
  const found: { id: string; at: number }[] = [];
  const searched = text.normalize("NFC");
  for (const { id, name } of cast) {
    const words = name.normalize("NFC").trim();
    if (words === "") continue;
    const pattern = escapeForRegExp(words).replace(/\s+/g, "\\s+");
    const before = STARTS_UNSPACED.test(words) ? "" : `(?<!${WORD})`;
    const after = ENDS_UNSPACED.test(words) ? "" : `(?!${WORD})`;
    const match = new RegExp(`${before}${pattern}${after}`, "iu").exec(searched);
    if (match) found.push({ id, at: match.index });
  }
  return found.toSorted((a, b) => a.at - b.at).map((one) => one.id);
}

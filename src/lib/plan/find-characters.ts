const escapeForRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Ids of the characters whose names stand in the text as whole words, in the order of their first mention;
 * upper and lower case are the same.
 */
export function findCharacters(text: string, cast: readonly { id: string; name: string }[]): string[] {
  const found: { id: string; at: number }[] = [];
  for (const { id, name } of cast) {
    const words = name.trim();
    if (words === "") continue;
    const pattern = escapeForRegExp(words).replace(/\s+/g, "\\s+");
    const match = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu").exec(text);
    if (match) found.push({ id, at: match.index });
  }
  return found.toSorted((a, b) => a.at - b.at).map((one) => one.id);
}

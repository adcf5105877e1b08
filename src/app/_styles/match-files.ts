/** Files that a list shows at most; more are found by typing. */
export const MOST_SHOWN = 200;

const fold = (text: string): string => text.normalize("NFC").toLocaleLowerCase("en").replaceAll("\\", "/");

/** The files that have every one of these words in their path, whichever way its slashes lean. */
export function matchFiles(files: readonly string[], search: string): string[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return files.filter((file) => words.every((word) => fold(file).includes(word)));
}

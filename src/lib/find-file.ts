/** A path with the slashes that ComfyUI on any system may have written the other way. */
const withSlashes = (path: string): string => path.replaceAll("\\", "/");

/** The name of a file without its folders. */
export const fileName = (path: string): string => withSlashes(path).split("/").pop() ?? "";

/**
 * A model file among those that a server has, as that server spells it: the same path whichever way its slashes
 * lean, or else the only one of that name in another folder; null if there is none.
 */
export function findFile(wanted: string, files: readonly string[]): string | null {
  const path = withSlashes(wanted);
  const same = files.find((one) => withSlashes(one) === path);
  if (same !== undefined) return same;
  const named = files.filter((one) => fileName(one) === fileName(wanted));
  return named.length === 1 ? (named[0] ?? null) : null;
}

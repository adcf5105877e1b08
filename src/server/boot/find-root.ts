import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of package.json at or above `from`: the same from the sources and from the bundle. */
export function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`There is no package.json at or above ${from}.`);
  }
}

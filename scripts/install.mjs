import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { Problem, root, say } from "./root.mjs";

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean } | undefined> }} Lock */

/**
 * The first package that the lock file names and npm's own record of node_modules lacks or has in another
 * version; null when all are there. Packages for other platforms may be missing.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} present node_modules/.package-lock.json
 * @returns {string | null}
 */
export function firstMissing(wanted, present) {
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === "" || !entry || entry.optional) continue;
    if (present.packages?.[path]?.version !== entry.version) return path;
  }
  return null;
}

/**
 * @param {string} file
 * @returns {Lock}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

function isInstalled() {
  const wanted = readLock(join(root, "package-lock.json"));
  const present = readLock(join(root, "node_modules", ".package-lock.json"));
  if (firstMissing(wanted, present)) return false;
  return Object.keys(present.packages ?? {}).every((path) => existsSync(join(root, path, "package.json")));
}

/** Installs the packages of package-lock.json, development ones too, when one is missing or another version. */
export async function installPackages() {
  if (isInstalled()) return;
  await withLock("install", async () => {
    if (isInstalled()) return;
    say("installing packages, about half a minute");
    const { code, output } = await npm(["ci", "--include=dev", "--ignore-scripts"]);
    if (code !== 0) {
      throw new Problem(
        `The packages could not be installed: is the npm registry reachable? \`npm ci --include=dev\` said:\n${output}`,
      );
    }
  });
}

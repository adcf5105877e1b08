// node scripts/patch-lock.mjs: after a package was added, completes package-lock.json. A lock file that
// was written on one machine lacks the native packages of the others, and `npm ci` refuses it there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, optionalDependencies?: Record<string, string>, os?: string[], cpu?: string[], libc?: string[] }} Entry */

const systems = ["android", "darwin", "win32", "freebsd", "linux", "openharmony"];
const processors = ["arm64", "x64", "ia32", "riscv64", "s390x", "ppc64", "wasm32", "arm", "arm-eabi"];

/**
 * Whether a package finds another one in its own node_modules or in one above it.
 * @param {Record<string, Entry>} packages
 * @param {string} from the place of the one that asks
 * @param {string} name
 */
function isResolved(packages, from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    if (packages[`${place ? `${place}/` : ""}node_modules/${name}`]?.version) return true;
    if (!place) return false;
  }
}

/**
 * The optional packages that a lock file's packages name and that have no entry of their own.
 * @param {Record<string, Entry>} packages
 * @returns {Record<string, Entry>} by place
 */
export function missingEntries(packages) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isResolved(packages, place, name)) continue;
      const words = name.split("/").at(-1)?.split("-") ?? [];
      const os = words.find((word) => systems.includes(word));
      const cpu = words.find((word) => processors.includes(word));
      missing[`node_modules/${name}`] = {
        version: range.replace(/^[\^~]/, ""),
        ...(cpu && { cpu: [cpu] }),
        ...(entry.dev && { dev: true }),
        ...(os === "linux" && name.includes("musl") && { libc: ["musl"] }),
        optional: true,
        ...(os && { os: [os] }),
      };
    }
  }
  return missing;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingEntries(lock.packages);
  const entries = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} entries added to package-lock.json.`);
}

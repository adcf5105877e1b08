import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "./child.mjs";
import { Problem } from "./root.mjs";

/**
 * The file that npm starts from, so that it can run on this process's own Node, without a shell.
 * @returns {string}
 */
function findNpm() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env["npm_execpath"],
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    ...(process.env["PATH"] ?? "")
      .split(delimiter)
      .flatMap((folder) => [join(folder, "npm"), join(folder, "node_modules", "npm", "bin", "npm-cli.js")]),
  ];
  for (const candidate of candidates) {
    if (!candidate || !existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (file.endsWith("npm-cli.js")) return file;
  }
  throw new Problem("npm was not found. Install Node.js with npm from https://nodejs.org, then try again.");
}

/**
 * Runs npm, quietly.
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function npm(args) {
  return run(process.execPath, [findNpm(), ...args, "--no-audit", "--no-fund"], {
    quiet: true,
  });
}

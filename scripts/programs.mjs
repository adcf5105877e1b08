import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./child.mjs";
import { root } from "./root.mjs";

/**
 * The file that a package's program starts from.
 * @param {string} packageName an installed one
 * @param {string} [program] its name where the package has several
 */
function programFile(packageName, program = packageName) {
  const manifest = join(root, "node_modules", packageName, "package.json");
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  const file = typeof bin === "string" ? bin : bin[program];
  if (!file) throw new Error(`${packageName} has no program named ${program}.`);
  return join(dirname(manifest), file);
}

/**
 * Runs a program of an installed package on this Node, without a shell.
 * @param {string} name `package`, or `package/program`
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runProgram(name, args, options) {
  const [packageName = name, program] = name.split("/");
  return run(process.execPath, [programFile(packageName, program), ...args], options);
}

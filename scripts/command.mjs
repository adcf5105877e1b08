import { followParent, holdSignals, Stopped } from "./child.mjs";
import { isTooOld, runOnNode24 } from "./node24.mjs";
import { Problem, root, say } from "./root.mjs";

/**
 * Runs one of the project's commands: in the project's folder, on a Node that is new enough, as one
 * process group that passes signals on, ending with one exit code.
 * @param {string} script the command's `import.meta.url`
 * @param {(args: string[]) => Promise<number | void>} main returns the exit code, nothing for success
 */
export async function command(script, main) {
  const args = process.argv.slice(2);
  process.chdir(root);
  followParent();
  holdSignals();
  try {
    process.exitCode =
      (isTooOld(process.version) ? await runOnNode24(script, args) : await main(args)) ??
      process.exitCode ??
      0;
  } catch (error) {
    if (error instanceof Stopped) process.exitCode = error.exitCode;
    else if (error instanceof Problem) {
      say(error.message);
      process.exitCode = 1;
    } else throw error;
  }
}

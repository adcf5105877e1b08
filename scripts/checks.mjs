import { checkStopped } from "./child.mjs";
import { runProgram } from "./programs.mjs";

/** @typedef {{ program: string, args: string[] }} Step */

/** @type {Record<string, Step[]>} Each check's programs run one after another. */
const checks = {
  format: [{ program: "oxfmt", args: ["--check", "."] }],
  layers: [{ program: "oxlint", args: ["-c", "oxlint.config.mjs", "--deny-warnings", "."] }],
  types: [
    { program: "next", args: ["typegen"] },
    { program: "typescript/tsc", args: ["--noEmit", "-p", "tsconfig.all.json"] },
  ],
  "dead code": [{ program: "knip", args: [] }],
};

/**
 * Runs every check at once, prints a line for each and the whole of what a failed one said.
 * @returns {Promise<number>} 0 when all passed, else 1
 */
export async function runChecks() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, steps]) => {
      const began = performance.now();
      let said = "";
      let isPassed = true;
      for (const { program, args } of steps) {
        const { code, output } = await runProgram(program, args, { quiet: true, env });
        said += output;
        isPassed = code === 0;
        if (!isPassed) break;
      }
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${isPassed ? "✓" : "✗"} ${name}, ${seconds} s\n${isPassed ? "" : said}`);
      return isPassed;
    }),
  );
  checkStopped();
  return results.every(Boolean) ? 0 : 1;
}

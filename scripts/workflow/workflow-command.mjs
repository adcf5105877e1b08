import { join } from "node:path";
import { command } from "../command.mjs";
import { installPackages } from "../install.mjs";
import { runProgram } from "../programs.mjs";
import { root } from "../root.mjs";

/**
 * Runs one of the commands on workflow files, which are in TypeScript.
 * @param {string} script the command's `import.meta.url`
 * @param {"convert" | "inspect"} name
 */
export function workflowCommand(script, name) {
  return command(script, async (args) => {
    await installPackages();
    const file = join(root, "scripts", "workflow", `${name}.ts`);
    return (await runProgram("tsx", [file, ...args], { channel: true })).code;
  });
}

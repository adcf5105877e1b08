// npm run restore -- [name of a backup] [--yes] [--list]
import { join } from "node:path";
import { command } from "./command.mjs";
import { installPackages } from "./install.mjs";
import { runProgram } from "./programs.mjs";
import { root } from "./root.mjs";

await command(import.meta.url, async (args) => {
  await installPackages();
  const file = join(root, "scripts", "restore", "restore.ts");
  const env = { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" };
  return (await runProgram("tsx", [file, ...args], { channel: true, env })).code;
});

// npm run verify: format, layers, types and dead code, in seconds.
import { runChecks } from "./checks.mjs";
import { command } from "./command.mjs";
import { installPackages } from "./install.mjs";

await command(import.meta.url, async () => {
  await installPackages();
  return runChecks();
});

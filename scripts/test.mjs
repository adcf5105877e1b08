// npm test: everything, on PGlite and on PostgreSQL. `npm test -- <filters>` runs the test files that match.
import { build } from "./build.mjs";
import { runChecks } from "./checks.mjs";
import { prepareChromium } from "./chromium.mjs";
import { command } from "./command.mjs";
import { installPackages } from "./install.mjs";
import { preparePostgres } from "./postgres.mjs";
import { runProgram } from "./programs.mjs";
import { say } from "./root.mjs";

await command(import.meta.url, async (filters) => {
  await installPackages();
  const preparing = prepareChromium();
  preparing.catch(() => {});
  const checked = filters.length === 0 ? await runChecks() : 0;
  await build();
  const chromium = await preparing;
  const postgres = await preparePostgres();
  try {
    const { code } = await runProgram("vitest", ["run", ...filters], {
      env: { ...process.env, TEST_CHROMIUM: chromium, TEST_POSTGRES_URL: postgres.url },
    });
    if (code > 128) say(`vitest was ended by signal ${code - 128}`);
    if (checked) say("the tests are done; format, layers, types or dead code failed before: see the top");
    return code || checked;
  } finally {
    await postgres.stop();
  }
});

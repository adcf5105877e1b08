import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseUnusableError } from "@/server/db/database-unusable";
import { FolderInUseError } from "@/server/db/lock-folder";
import { quietWhileAway } from "./away-log";
import { createLog } from "./create-log";
import { loadDotEnv, readEnvironment, SettingError } from "./environment";
import { findRoot } from "./find-root";
import { secretsOf } from "./hide-secrets";
import { startRuntime } from "./runtime";
import { serve } from "./serve";

/** How long an orderly end may take before the process ends anyway, in ms. */
const PATIENCE = 15_000;

async function main(): Promise<void> {
  const root = findRoot(import.meta.dirname);
  loadDotEnv(root);
  const environment = readEnvironment(root);
  const everything = createLog(environment.logLevel, secretsOf(environment));
  // PGlite is in this process, and never away.
  const log = environment.databaseUrl === null ? everything : quietWhileAway(everything);
  // One thing that failed unwaited for, as a statement whose connection was cut, shall not end a night's work.
  process.on("unhandledRejection", (error) =>
    log.error("Something failed that nobody waited for", { error }),
  );
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const runtime = await startRuntime({ environment, root, log });
  const pages = environment.isProduction ? "production" : "development";
  const serving = await serve({ runtime, environment, root, version, pages }).catch(
    async (error: unknown) => {
      await runtime.close();
      throw error;
    },
  );

  let isEnding = false;
  const end = (signal: NodeJS.Signals) => {
    // A second signal changes nothing: the first one is being obeyed.
    if (isEnding) return;
    isEnding = true;
    log.info("Ending", { signal });
    setTimeout(() => process.exit(1), PATIENCE).unref();
    serving
      .close()
      .then(runtime.close)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error("Ending in order failed", { error });
          process.exit(1);
        },
      );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.on("SIGHUP", end);
  process.stdout.write(`\n  Shotboard ${version} is ready: ${serving.url}\n`);
  if (serving.oneTimeUrl !== null)
    process.stdout.write(
      `  To open it without typing the token, once, within an hour: ${serving.oneTimeUrl}\n`,
    );
  if (runtime.services.fleet.isDemo)
    process.stdout.write(
      `  Pictures come from the demo renderer. To paint with your GPU, connect your ComfyUI: ${serving.url}/queue\n`,
    );
  process.stdout.write("\n");
}

main().catch((error: unknown) => {
  const isForPeople =
    error instanceof SettingError ||
    error instanceof FolderInUseError ||
    error instanceof DatabaseUnusableError;
  process.stderr.write(
    `${isForPeople ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});

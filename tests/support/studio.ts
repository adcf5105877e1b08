import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import { startBrowser } from "./browser";
import { startServerProcess } from "./server-process";
import { createPostgresDatabase } from "./test-database";

/** The built server on a database of this run's kind, with a browser and a client for it. */
export interface Studio {
  url: string;
  /** What the server printed. */
  output: readonly string[];
  browser: Browser;
  client: ShotboardClient;
  /** The server's DATA_DIR. */
  dataDir: string;
  /** Ends the server with a signal and starts it again, at the same address and on the same data. */
  restart(signal: NodeJS.Signals): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param env further settings of the server; without COMFYUI_URL it paints with the demo renderer
 * @param flags further flags of the browser
 */
export async function startStudio(
  env: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Studio> {
  await using started = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-browser-"));
  started.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const database = process.env["TEST_DATABASE"] === "postgres" ? await createPostgresDatabase() : null;
  if (database) started.defer(database.drop);
  const pgdata = process.env["TEST_PGDATA_TEMPLATE"];
  if (!database && pgdata) await cp(pgdata, join(dataDir, "pglite", "pgdata"), { recursive: true });
  const settings = {
    DATA_DIR: dataDir,
    ...(database && { DATABASE_URL: database.url }),
    ...env,
  };
  let server = await startServerProcess(settings);
  started.defer(async () => void (await server.end("SIGTERM")));
  const restart = async (signal: NodeJS.Signals) => {
    await server.end(signal);
    server = await startServerProcess({ ...settings, PORT: new URL(server.url).port });
  };
  const token = env["ACCESS_TOKEN"];
  const client = createShotboardClient({ url: server.url, ...(token !== undefined && { token }) });
  started.defer(() => client.close());
  const browser = await startBrowser(flags);
  started.defer(() => browser.close());
  const all = started.move();
  return {
    url: server.url,
    output: server.output,
    browser,
    client,
    dataDir,
    restart,
    close: () => all.disposeAsync(),
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import { startChild } from "./start-child";

export interface Shotboard extends AsyncDisposable {
  url: string;
  pid: number;
  /** Absolute path of its DATA_DIR. */
  dataDir: string;
  client: ShotboardClient;
}

/** A fresh data folder, removed when it is let go of. */
export async function makeDataFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "shotboard-bench-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Shotboard on PGlite in a process of its own, connected to that ComfyUI. */
export async function startShotboard(comfyUrl: string): Promise<Shotboard> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await makeDataFolder());
  const env = { DATA_DIR: folder.path, COMFYUI_URL: comfyUrl, PORT: "0", LOG_LEVEL: "warn" };
  const { url, process: child } = started.use(await startChild("server.ts", { env }));
  const client = createShotboardClient({ url });
  started.defer(() => client.close());
  const all = started.move();
  return {
    url,
    pid: child.pid!,
    dataDir: folder.path,
    client,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import { findRoot } from "@/server/boot/find-root";

/** Shotboard with its pages, as it was built last. */
export interface BuiltShotboard extends AsyncDisposable {
  url: string;
  client: ShotboardClient;
}

/**
 * Starts what `npm start` built on a data folder, in a process of its own.
 * @throws where nothing has been built
 */
export async function startBuilt(dataDir: string, comfyUrl: string): Promise<BuiltShotboard> {
  const root = findRoot(import.meta.dirname);
  const settings = { NODE_ENV: "production" as const, PORT: "0", LOG_LEVEL: "warn" };
  const child = fork(join(root, "dist", "server.mjs"), [], {
    cwd: root,
    env: { ...process.env, ...settings, DATA_DIR: dataDir, COMFYUI_URL: comfyUrl },
    execArgv: [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const found = /is ready: (\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void exited.then(() => reject(new Error("The server ended before it was ready: run `npm start` once.")));
  });
  const client = createShotboardClient({ url });
  return {
    url,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      child.kill("SIGTERM");
      await exited;
    },
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { spawnServer } from "../support/server-process";

const memorySchema = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() });

/** Bytes that are in use once the garbage is collected. */
export type Memory = z.infer<typeof memorySchema>;

/** The built server, with a look at its memory and at what it complains about. */
export interface WatchedServer extends AsyncDisposable {
  url: string;
  memory(): Promise<Memory>;
  /** What it logged as errors or printed unasked, each once. */
  complaints(): string[];
  readonly hasEnded: boolean;
}

const preload = pathToFileURL(join(import.meta.dirname, "report-memory.mjs")).href;
/** What a healthy server prints. */
const USUAL = /is ready:|Pictures come from|next\.config|^memory: |"level":"warn"|^\s*$/;

export async function startWatchedServer(env: Record<string, string> = {}): Promise<WatchedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-chaos-"));
  const server = spawnServer({ DATA_DIR: dataDir, ...env }, ["--expose-gc", "--import", preload]);
  let hasEnded = false;
  void server.exited.then(() => (hasEnded = true));
  const url = await server.ready;
  return {
    url,
    get hasEnded() {
      return hasEnded;
    },
    complaints: () => [...new Set(server.output.filter((line) => !USUAL.test(line)))],
    memory: () => {
      const answered = server.next((line) => line.startsWith("memory: "));
      process.kill(server.pid, "SIGUSR2");
      return answered.then((line) => memorySchema.parse(JSON.parse(line.slice("memory: ".length))));
    },
    [Symbol.asyncDispose]: async () => {
      await server.end("SIGKILL");
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * How much memory the built server takes with PGlite while it runs 400 jobs, pages included, beside what it takes
 * idle after its first page. ComfyUI is a process of its own.
 *
 *   npx tsx bench/memory.ts
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createShotboardClient } from "@/lib/client";
const serverFile = process.env.SERVER ?? "/work/main/dist/server.mjs";
import { makeProject, watchUntilSettled } from "./support/board";
import { mb, report } from "./support/report";
import { startChild } from "./support/start-child";
import { makeDataFolder } from "./support/start-shotboard";

const JOBS = 400;


await using comfy = await startChild("comfyui.ts", { args: ["5"] });
await using folder = await makeDataFolder();
const server = fork(serverFile, {
  env: {
    ...process.env,
    NODE_ENV: "production",
    DATA_DIR: folder.path,
    COMFYUI_URL: comfy.url,
    PORT: "0",
    LOG_LEVEL: "warn",
  },
  execArgv: [...(process.env.ARGS ? process.env.ARGS.split(" ") : []), "--import", "/tmp/mem.mjs", "--import", pathToFileURL(join(import.meta.dirname, "support", "report-memory.mjs")).href],
  stdio: ["ignore", "pipe", "inherit", "ipc"],
});
const exited = once(server, "exit");
const url = await new Promise<string>((resolve, reject) => {
  createInterface({ input: server.stdout! }).on("line", (line) => {
    const found = /is ready: (\S+)/.exec(line)?.[1];
    if (found) resolve(found);
  });
  void exited.then(([code]) => reject(new Error(`The server ended with ${code} before it was ready.`)));
});
let now = 0;
let most = 0;
server.on("message", (bytes: number) => {
  now = bytes;
  most = Math.max(most, bytes);
});

const client = createShotboardClient({ url });
const projectId = await makeProject(client, JOBS, { modelId: "z-image-turbo" });
for (const path of ["/", `/projects/${projectId}`]) await (await fetch(url + path)).arrayBuffer();
await wait(2_000);
const idle = now;
most = 0;
await client.image.generate.mutate({ projectId });
await watchUntilSettled(client, projectId);
report({
  what: `memory over ${JOBS} jobs, most`,
  ours: mb(most),
  beside: `${mb(idle)} idle`,
  ratio: most / idle,
  target: "< 600 MB",
});
await client.close();
server.kill("SIGTERM");
await exited;

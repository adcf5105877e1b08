/**
 * How much memory `npm start` takes with PGlite while it runs 400 jobs, pages included, beside what it takes
 * idle after its first page. ComfyUI is a process of its own.
 *
 *   npx tsx bench/memory.ts
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { createShotboardClient } from "@/lib/client";
import { findRoot } from "@/server/boot/find-root";
import packageJson from "../package.json";
import { build } from "../scripts/build.mjs";
import { makeProject, watchUntilSettled } from "./support/board";
import { mb, report } from "./support/report";
import { residentMemory } from "./support/resident-memory";
import { startChild } from "./support/start-child";
import { makeDataFolder } from "./support/start-shotboard";

const JOBS = 400;

// Before it starts: a process that has built takes more memory than one that only serves.
await build();
await using comfy = await startChild("comfyui.ts", { args: ["5"] });
await using folder = await makeDataFolder();
// As `npm start` has it: the same program, with the same flags.
const [, ...args] = packageJson.scripts.start.split(" ");
const server = spawn(process.execPath, args, {
  cwd: findRoot(import.meta.dirname),
  env: { ...process.env, DATA_DIR: folder.path, COMFYUI_URL: comfy.url, PORT: "0", LOG_LEVEL: "warn" },
  stdio: ["ignore", "pipe", "inherit"],
});
const exited = once(server, "exit");
const url = await new Promise<string>((resolve, reject) => {
  createInterface({ input: server.stdout }).on("line", (line) => {
    const found = /is ready: (\S+)/.exec(line)?.[1];
    if (found) resolve(found);
  });
  void exited.then(([code]) => reject(new Error(`The server ended with ${code} before it was ready.`)));
});
const client = createShotboardClient({ url });
const projectId = await makeProject(client, JOBS, { modelId: "z-image-turbo" });
for (const path of ["/", `/projects/${projectId}`]) await (await fetch(url + path)).arrayBuffer();
await wait(2_000);
const idle = residentMemory(server.pid!);
let most = idle;
const sampling = setInterval(() => {
  most = Math.max(most, residentMemory(server.pid!));
}, 100);
await client.image.generate.mutate({ projectId });
await watchUntilSettled(client, projectId);
clearInterval(sampling);
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

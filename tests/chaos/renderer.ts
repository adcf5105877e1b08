import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freePort } from "../support/raw-http";
import { root } from "../support/test-database";
import type { Posted } from "./renderer-process";

/** The fake ComfyUI in a process that can be killed and started again, and what was posted to it. */
export interface Renderer extends AsyncDisposable {
  url: string;
  /** Every prompt that came, in order, over all its lives. */
  posted: readonly Posted[];
  /** The most prompts that were ever in its queue at once. */
  readonly maxPending: number;
  /** Resolves once so many prompts have come since the beginning. */
  reached(count: number): Promise<void>;
  /** Kills it and starts it again on the same port: queue and history are gone. */
  restart(): Promise<void>;
}

const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export async function startRenderer(stepMs: number): Promise<Renderer> {
  const port = await freePort();
  const posted: Posted[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const take = (message: Posted | "ready") => {
    if (message === "ready") return;
    posted.push(message);
    for (const one of waiting) if (one.count <= posted.length) one.resolve();
    waiting = waiting.filter((one) => one.count > posted.length);
  };
  const start = async (): Promise<ChildProcess> => {
    const child = fork(join(import.meta.dirname, "renderer-process.ts"), [String(port), String(stepMs)], {
      cwd: root,
      execArgv: ["--import", loader],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.on("message", take);
    const ready = once(child, "message");
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`The fake ComfyUI ended with ${String(code)} before it served.`);
    });
    ended.catch(() => {});
    await Promise.race([ready, ended]);
    return child;
  };
  let child = await start();
  const kill = async () => {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    get maxPending() {
      return Math.max(0, ...posted.map((one) => one.maxPending));
    },
    reached: (count) =>
      new Promise((resolve) => {
        if (posted.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    restart: async () => {
      await kill();
      child = await start();
    },
    [Symbol.asyncDispose]: kill,
  };
}

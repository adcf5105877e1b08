import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./test-database";

/** The built server as a process of its own, as `npm start` runs it. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  /** Everything it printed. */
  output: string[];
  /** Ends it with a signal and answers its exit code, null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A server that was just started. */
export interface StartingServer extends Pick<ServerProcess, "pid" | "output" | "end"> {
  /** Where it serves, once it does. Rejects where it ends before. */
  ready: Promise<string>;
  /** Resolves with the next line it prints that fits. */
  next(fits: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code when it has ended, null after a kill. */
  exited: Promise<number | null>;
}

/**
 * Starts `dist/server.mjs` (made by `npm test` before it runs anything).
 * @param nodeArgs arguments of Node's own
 */
export function spawnServer(env: Record<string, string>, nodeArgs: readonly string[] = []): StartingServer {
  const child = spawn(process.execPath, [...nodeArgs, join(root, "dist", "server.mjs")], {
    cwd: root,
    env: { PATH: process.env["PATH"], NODE_ENV: "production", PORT: "0", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  let listeners: { fits: (line: string) => boolean; resolve: (line: string) => void }[] = [];
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line);
      const [heard, deaf] = [true, false].map((is) => listeners.filter(({ fits }) => fits(line) === is));
      listeners = deaf!;
      for (const { resolve } of heard!) resolve(line);
      const url = /is ready: (\S+)/.exec(line)?.[1];
      if (url) ready.resolve(url);
    });
  const exited = (once(child, "exit") as Promise<[number | null]>).then(([code]) => code);
  void exited.then((code) =>
    ready.reject(new Error(`The server ended with ${code} before it was ready:\n${output.join("\n")}`)),
  );
  return {
    pid: child.pid!,
    output,
    ready: ready.promise,
    exited,
    next: (fits) => new Promise((resolve) => listeners.push({ fits, resolve })),
    end: async (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Starts the built server and waits until it is ready. */
export async function startServerProcess(
  env: Record<string, string>,
  nodeArgs: readonly string[] = [],
): Promise<ServerProcess> {
  const { pid, output, end, ready } = spawnServer(env, nodeArgs);
  return {
    url: await ready,
    pid,
    output,
    end,
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}

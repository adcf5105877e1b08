import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process of its own, so that it shares no event loop with what is measured. */
export interface Child extends AsyncDisposable {
  /** Where it serves. */
  url: string;
  process: ChildProcess;
}

/** What a child tells once it serves. */
export interface Ready {
  url: string;
}

interface ChildOptions {
  env?: Record<string, string>;
  args?: string[];
}

/** Starts a module of this folder with the loader that runs this one, and waits until it serves. */
export async function startChild(file: string, { env = {}, args = [] }: ChildOptions = {}): Promise<Child> {
  const child = fork(join(import.meta.dirname, file), args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const ready = (await Promise.race([once(child, "message"), exited.then(() => null)])) as [Ready] | null;
  if (!ready) throw new Error(`${file} ended before it served.`);
  return {
    url: ready[0].url,
    process: child,
    [Symbol.asyncDispose]: async () => {
      // The child ends in order when its channel closes.
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** In a child: says where it serves, and ends in order once its parent lets go of it. */
export function serveParent(ready: Ready, close: () => Promise<void>): void {
  process.once("disconnect", () => void close().then(() => process.exit(0)));
  process.send?.(ready);
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "../../scripts/start.mjs");

let dataDir: string;
const started: ChildProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "shotboard-start-"));
});
afterEach(async () => {
  for (const command of started.splice(0)) {
    if (command.exitCode === null && command.signalCode === null) command.kill("SIGKILL");
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** The start command as the leader of a process group of its own, on a free port. */
function start(env: Record<string, string> = {}) {
  // What vitest set is not a user's.
  const own = Object.entries(process.env).filter(([name]) => name !== "NODE_ENV" && name !== "VITEST");
  const settings = { PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "warn", ...env };
  const command = spawn(process.execPath, [script], {
    env: Object.fromEntries([...own, ...Object.entries(settings)]) as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  started.push(command);
  let said = "";
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  }
  const ended = once(command, "close") as Promise<[code: number | null]>;
  return {
    command,
    ended,
    said: () => said,
    /** The address that it prints when it serves. */
    async url() {
      for (;;) {
        const url = /is ready: (\S+)/.exec(said)?.[1];
        if (url) return url;
        if (command.exitCode !== null) throw new Error(`It ended before it served:\n${said}`);
        await Promise.race([once(command.stdout, "data"), once(command.stderr, "data"), ended]);
      }
    },
  };
}

/** Whether any process of the group that this one leads is left. */
function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("npm start", () => {
  it("serves pages and API, and ends with 0 however often it is asked to", async () => {
    const { command, ended, url, said } = start();
    const address = await url();
    expect((await fetch(new URL("/healthz", address))).status).toBe(200);
    const page = await fetch(address);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.status).toBe(200);
    command.kill("SIGTERM");
    command.kill("SIGTERM");
    const [code] = await ended;
    expect(code, said()).toBe(process.platform === "win32" ? null : 0);
    if (process.platform !== "win32") expect(isGroupAlive(command.pid ?? 0)).toBe(false);
  }, 180_000);

  it("ends with 1 and a sentence when a setting is wrong", async () => {
    const { ended, said } = start({ PORT: "high" });
    expect((await ended)[0]).toBe(1);
    expect(said()).toMatch(/The setting PORT is not usable: expected .*, got "high"/);
    expect(said()).not.toContain("    at ");
  }, 180_000);
});

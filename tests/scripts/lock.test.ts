import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../scripts/lock.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-lock-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The id of a process that has ended. */
function deadPid(): string {
  return execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
}

describe("work that one command may do at a time", () => {
  it("is done by one after the other", async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => withLock("work", work, folder)));
    expect(most).toBe(1);
    expect(existsSync(join(folder, "work.lock"))).toBe(false);
  });

  it("lets the next one in when it fails", async () => {
    const failing = withLock("work", () => Promise.reject(new Error("full disk")), folder);
    await expect(failing).rejects.toThrow("full disk");
    await expect(withLock("work", () => Promise.resolve("done"), folder)).resolves.toBe("done");
  });

  it("takes the place of a holder that died", async () => {
    await writeFile(join(folder, "work.lock"), `${deadPid()} ${hostname()}`);
    await expect(withLock("work", () => Promise.resolve("done"), folder)).resolves.toBe("done");
  });

  it("takes the place of a holder on another machine that was silent for long", async () => {
    const file = join(folder, "work.lock");
    await writeFile(file, `${process.pid} elsewhere`);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(file, aMinuteAgo, aMinuteAgo);
    await expect(withLock("work", () => Promise.resolve("done"), folder)).resolves.toBe("done");
  });
});

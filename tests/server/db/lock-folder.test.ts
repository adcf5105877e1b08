import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FolderInUseError, lockFolder } from "@/server/db/lock-folder";
import { root } from "../../support/test-database";

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-lock-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** Starts a process that takes the folder; resolves with what it says. */
function hold(): { child: ChildProcess; said: Promise<string> } {
  const program = join(root, "tests", "server", "db", "hold-folder.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--import", "tsx", program, folder],
    { cwd: root, stdio: ["pipe", "pipe", "inherit"] },
  );
  children.push(child);
  return {
    child,
    said: once(createInterface({ input: child.stdout }), "line").then(([line]) => line as string),
  };
}

describe("a folder", { timeout: 120_000 }, () => {
  test("is held by one, who is named to the second, and is free after its release", async () => {
    const first = await lockFolder(folder);
    const second = lockFolder(folder);
    await expect(second).rejects.toBeInstanceOf(FolderInUseError);
    await expect(second).rejects.toThrow(
      `is in use by process ${process.pid} on ${hostname()}, running since 20`,
    );
    await expect(second).rejects.toThrow(/Stop that Shotboard first, or give this one another DATA_DIR/);
    await first.release();
    expect(await readdir(folder)).not.toContain("holder.json");
    await (await lockFolder(folder)).release();
  });

  test("is waited for while its holder is just ending", async () => {
    const first = await lockFolder(folder);
    let isHeld = true;
    const second = lockFolder(folder).then((lock) => ({ lock, wasHeld: isHeld }));
    await readFile(join(folder, "holder.json"));
    isHeld = false;
    await first.release();
    const { lock, wasHeld } = await second;
    expect(wasHeld).toBe(false);
    await lock.release();
  });

  test("whose holder's name was torn by a power cut is still refused in words", async () => {
    const first = await lockFolder(folder);
    await writeFile(join(folder, "holder.json"), '{"pid": 1');
    await expect(lockFolder(folder)).rejects.toThrow("in use by another process");
    await first.release();
  });

  test("of a process that was killed is free at once, although its name still stands there", async () => {
    const { child, said } = hold();
    expect(await said).toBe("held");
    await end(child);
    expect(JSON.parse(await readFile(join(folder, "holder.json"), "utf8"))).toMatchObject({ pid: child.pid });
    const lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(join(folder, "holder.json"), "utf8"))).toMatchObject({
      pid: process.pid,
    });
    await lock.release();
  });

  test("that four processes want at once is held by one, also after its first holder was killed", async () => {
    const stale = hold();
    expect(await stale.said).toBe("held");
    const four = Array.from({ length: 4 }, hold);
    await end(stale.child);
    const said = await Promise.all(four.map((one) => one.said));
    expect(said.filter((line) => line === "held")).toHaveLength(1);
    const holder = four[said.indexOf("held")]!;
    for (const line of said.filter((one) => one !== "held"))
      expect(line).toMatch(new RegExp(`^refused FolderInUseError: .*process ${holder.child.pid} on `));
    const exited = once(holder.child, "exit");
    holder.child.stdin!.write("release\n");
    expect(await exited).toEqual([0, null]);
    await (await lockFolder(folder)).release();
  });
});

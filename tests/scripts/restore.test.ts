import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "@/server/db/lock-folder";

const script = join(import.meta.dirname, "../../scripts/restore.mjs");
const OLD = "2026-11-26T08-00-00.000Z";
const NEW = "2026-11-27T08-00-00.000Z";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "shotboard-restore-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

async function restore(args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

/** A folder as a database, told by what stands in it. */
async function database(path: string, content: string): Promise<void> {
  await mkdir(join(path, "base"), { recursive: true });
  await writeFile(join(path, "base", "1"), content);
}
const contentOf = (...path: string[]) => readFile(join(dataDir, ...path, "base", "1"), "utf8");

describe("npm run restore", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await database(join(dataDir, "backups", OLD), "old");
    await database(join(dataDir, "backups", NEW), "new");
    await database(join(dataDir, "pglite", "pgdata"), "broken");
  });

  it("lists the backups with time and size, and changes nothing where nobody can be asked", async () => {
    const listed = await restore(["--list"]);
    expect(listed.code).toBe(0);
    expect(listed.said).toMatch(new RegExp(`${NEW} +.*2026.* 1 MB\n +${OLD} +.*2026.* 1 MB\n`));
    const asked = await restore();
    expect(asked.code).toBe(1);
    expect(asked.said).toContain("add --yes to go on. Nothing was changed.");
    expect(await contentOf("pglite", "pgdata")).toBe("broken");
  });

  it("puts the newest back, keeps what was there, and says what to do next", async () => {
    const { code, said } = await restore(["--yes"]);
    expect(code).toBe(0);
    expect(said).toContain("Start Shotboard with `npm start`");
    expect(await contentOf("pglite", "pgdata")).toBe("new");
    expect(await contentOf("backups", NEW)).toBe("new");
    const aside = (await readdir(join(dataDir, "pglite"))).find((name) => name.startsWith("pgdata.before-"));
    expect(said).toContain(aside);
    expect(await contentOf("pglite", aside!)).toBe("broken");
  });

  it("puts the one that is named back, and refuses a name that is none", async () => {
    expect((await restore(["--yes", "2025"])).said).toContain("There is no backup named 2025");
    expect(await contentOf("pglite", "pgdata")).toBe("broken");
    expect((await restore([OLD, "--yes"])).code).toBe(0);
    expect(await contentOf("pglite", "pgdata")).toBe("old");
  });

  it("is refused while a Shotboard holds the folder, by name", async () => {
    const lock = await lockFolder(join(dataDir, "pglite"));
    const { code, said } = await restore(["--yes"]);
    await lock.release();
    expect(code).toBe(1);
    expect(said).toContain(`is in use by process ${process.pid} on `);
    expect(await contentOf("pglite", "pgdata")).toBe("broken");
  });

  it("is refused on PostgreSQL, without a backup, and with what it does not know, each with a sentence", async () => {
    const postgres = await restore(["--yes"], { DATABASE_URL: "postgres://user:secret@host/db" });
    expect(postgres.code).toBe(1);
    expect(postgres.said).toMatch(/DATABASE_URL is set: .*pg_restore/);
    expect(postgres.said).not.toContain("secret");
    expect((await restore(["--force"])).said).toContain("Usage: npm run restore --");
    await rm(join(dataDir, "backups"), { recursive: true });
    expect((await restore(["--yes"])).said).toMatch(/There is no backup in .*Nothing was changed\./);
    expect(await contentOf("pglite", "pgdata")).toBe("broken");
  });
});

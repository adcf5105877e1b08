import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestApp, type TestApp } from "../support/test-app";
import { root } from "../support/test-database";

const TOKEN = "a-long-random-word";

/** Runs the example as its head says, against that server; resolves with what it printed and its exit code. */
async function runExample(
  app: TestApp,
  ...args: string[]
): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "examples", "generate.ts"), ...args], {
    cwd: root,
    env: { ...process.env, SHOTBOARD_URL: app.url, SHOTBOARD_TOKEN: TOKEN },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return {
    code,
    lines: output
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter(Boolean),
  };
}

test(
  "examples/generate.ts makes a project from a script, prints every shot with its file, and ends",
  { timeout: 120_000 },
  async () => {
    await using app = await startTestApp({ env: { ACCESS_TOKEN: TOKEN } });
    const folder = await mkdtemp(join(tmpdir(), "shotboard-example-"));
    try {
      await writeFile(
        join(folder, "script.md"),
        "# One\n\nThe ferry left. Nobody waved.\n\n# Two\n\nBy noon the island was a line.\n",
      );
      const { code, lines } = await runExample(app, join(folder, "script.md"));
      expect({ code, first: lines[0] }, lines.join("\n")).toEqual({ code: 0, first: "3 shots" });
      const files = lines.flatMap((line) => /^(\d)\/3 (projects\/\S+\.png)$/.exec(line)?.slice(1, 3) ?? []);
      expect(files.filter((_, index) => index % 2 === 0)).toEqual(["1", "2", "3"]);
      const paths = files.filter((_, index) => index % 2 === 1);
      expect(new Set(paths).size).toBe(3);
      for (const path of paths) expect(existsSync(join(app.dataDir, path))).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

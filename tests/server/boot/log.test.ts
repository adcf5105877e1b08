import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root } from "../../support/test-database";

const SECRET = "not-to-be-seen-0123";
const OTHERS = { token: 'a "long" random word', key: "opens-the-proxy", password: "opens-the-database" };

test("the log shows no token, header or password, wherever it stood: fields, texts, addresses, queries", async () => {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "log-line.ts")],
    {
      cwd: root,
      env: {
        ...process.env,
        SECRET,
        ACCESS_TOKEN: OTHERS.token,
        COMFYUI_URL: "http://gpu:8188",
        COMFYUI_HEADERS: JSON.stringify({ "http://gpu:8188": { "X-Key": OTHERS.key } }),
        DATABASE_URL: `postgres://me:${OTHERS.password}@db/shotboard`,
      },
    },
  );
  const lines = stderr.trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as { message: string; error?: string; url?: string });
  expect(entries.map(({ message }) => message)).toEqual([
    "A field",
    "A message with …",
    "An error's text",
    "A database",
    "A query",
  ]);
  // What helps is still there.
  expect(entries[1]!.url).toBe("http://127.0.0.1:3000/?token=…&a=1");
  expect(entries[2]!.error).toMatch(
    /^Error: sent Bearer … to http:\/\/…@gpu:8188\/\n\s+at [\s\S]*\ncaused by Error: /,
  );
  expect(entries[3]!.error).toContain("postgres://…@db/shotboard");
  expect(entries[4]!.error).toMatch(/Failed query: update "settings" set[\s\S]*caused by/);
  for (const secret of [SECRET, ...Object.values(OTHERS), JSON.stringify(OTHERS.token).slice(1, -1)])
    expect(stderr).not.toContain(secret);
});

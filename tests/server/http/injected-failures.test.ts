import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { callRest, callTrpc, refusalOf } from "../../support/api";
import { sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";

const SAMPLE = "the-last-light";
const PICTURE = "/media/characters/mira-solberg/mira-solberg-1";
const TOKEN = "a-long-random-word";
const bearer = { authorization: `Bearer ${TOKEN}` };

let app: TestApp;
let file: string;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } }, env: { ACCESS_TOKEN: TOKEN } });
  file = join(app.dataDir, "characters", "mira-solberg", "mira-solberg-1.png");
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const INTERNAL = "Something went wrong inside Shotboard. Nothing that was stored is lost.";
/** What nobody outside is to read: places, queries, where in the sources it was, and the token. */
function expectNothingInside(text: string): void {
  for (const word of [app.dataDir, "/tmp/", "node_modules", "src/server", "select ", "Failed query", TOKEN])
    expect(text).not.toContain(word);
  expect(text).not.toMatch(/\bat \S+ \(|\.[cm]?[jt]s:\d+|ENOENT|EISDIR|EACCES|Vips|relation "/);
}
async function read(path: string) {
  const answer = await fetch(app.url + path, { headers: bearer });
  const body = await answer.text();
  expectNothingInside(body + JSON.stringify([...answer.headers]));
  return { status: answer.status, body };
}

describe("a picture", () => {
  test("whose file is gone, a folder, or torn answers without saying where it should be", async () => {
    const good = await sharp(file).toBuffer();
    await rm(file);
    expect((await read(PICTURE)).status).toBe(404);
    expect((await read(`${PICTURE}?w=320`)).status).toBe(404);
    await writeFile(file, good.subarray(0, 60));
    const torn = await read(`${PICTURE}?w=1280`);
    expect([torn.status, torn.body]).toEqual([500, expect.stringContaining(INTERNAL)]);
    await rm(file);
    await mkdir(file);
    expect((await read(`${PICTURE}?w=1280`)).status).toBe(500);
    // Begun already: it breaks off.
    await fetch(app.url + PICTURE, { headers: bearer }).then(
      async (answer) => expectNothingInside(await answer.text().catch(String)),
      (error: unknown) => expectNothingInside(String(error)),
    );
    await rm(file, { recursive: true });
    await writeFile(file, good);
    expect((await read(PICTURE)).status).toBe(200);
    expect(app.logged.length).toBeGreaterThanOrEqual(2);
  });

  test("that cannot be written is refused without saying where", async () => {
    const folder = join(app.dataDir, "characters", "mira-solberg");
    await rm(folder, { recursive: true });
    await writeFile(folder, "a file where a folder should be");
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const answer = await fetch(`${app.url}/api/v1/characters/mira-solberg/images`, {
      method: "POST",
      headers: { ...bearer, "content-type": "application/octet-stream" },
      body: new Uint8Array(png),
    });
    const text = await answer.text();
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expectNothingInside(text);
    expect(JSON.stringify(app.logged)).not.toContain(TOKEN);
    await rm(folder);
  });
});

test("a database that fails at every query is told at every door as the one sentence, and logged with its cause", async () => {
  const { db } = app.runtime.services.database;
  const before = app.logged.length;
  await db.execute(sql`alter table projects rename to projects_away`);
  try {
    const rest = await callRest(app, "GET", `/api/v1/projects/${SAMPLE}`, undefined, bearer);
    const trpc = await callTrpc(app, "project.get", "query", { projectId: SAMPLE }, bearer);
    const written = await callTrpc(
      app,
      "project.update",
      "mutation",
      { projectId: SAMPLE, name: "x" },
      bearer,
    );
    const client = createShotboardClient({ url: app.url, token: TOKEN });
    const subscribed = await refusalOf(
      new Promise((_, reject) => {
        client.events.onProject.subscribe({ projectId: SAMPLE }, { onError: reject });
      }),
    );
    await client.close();
    for (const { error } of [rest, trpc, written, { error: subscribed }]) {
      expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR", reason: "internal", message: INTERNAL });
      expectNothingInside(JSON.stringify(error));
    }
    const stream = await read(
      `/api/trpc/project.get?input=${encodeURIComponent(JSON.stringify({ projectId: SAMPLE }))}`,
    );
    expect(stream.status).toBe(500);
    expect(app.logged.length).toBeGreaterThanOrEqual(before + 4);
  } finally {
    await db.execute(sql`alter table projects_away rename to projects`);
  }
  expect((await callRest(app, "GET", `/api/v1/projects/${SAMPLE}`, undefined, bearer)).status).toBe(200);
});

test("an address's query is logged nowhere: it may hold a token", async () => {
  const before = app.logged.length;
  const { db } = app.runtime.services.database;
  await db.execute(sql`alter table projects rename to projects_away`);
  try {
    const head = `GET /api/v1/projects/${SAMPLE}?token=seen-by-nobody HTTP/1.1\r\nAuthorization: ${bearer.authorization}`;
    expect((await sendRaw(app.url, head))?.status).toBe(500);
  } finally {
    await db.execute(sql`alter table projects_away rename to projects`);
  }
  const logged = app.logged.slice(before);
  expect(logged).toMatchObject([
    { message: "A request failed", fields: { path: `/api/v1/projects/${SAMPLE}` } },
  ]);
  expect(JSON.stringify(logged)).not.toContain("seen-by-nobody");
});

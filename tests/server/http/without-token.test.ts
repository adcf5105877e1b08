import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MEDIA_PATHS } from "@/server/http/media";
import { ROUTES } from "@/server/http/rest";
import { appRouter } from "@/server/trpc/router";
import { callTrpc } from "../../support/api";
import { dumpDatabase } from "../../support/dump-database";
import { sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";
import { CALLS, NOBODY, PROCEDURES } from "../trpc/procedures";

const BARE = { status: "ok", version: "test" };

let app: TestApp;
let before: unknown;
beforeAll(async () => {
  app = await startTestApp({
    comfy: { files: { loras: [] } },
    env: { ACCESS_TOKEN: "a-long-random-word" },
  });
  before = await dumpDatabase(app.runtime.services.database);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const fill = (path: string) => path.replaceAll(/:\w+/g, "the-last-light");

test("every procedure there is refuses, each of its kind, before it looks at the input", async () => {
  const known = Object.keys((appRouter as unknown as { _def: { procedures: object } })._def.procedures);
  expect(PROCEDURES.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  for (const { name, kind, input } of CALLS)
    for (const given of [input, { nonsense: true }])
      expect({ name, ...(await callTrpc(app, name, kind, given)) }).toMatchObject({
        name,
        status: 401,
        data: null,
        error: { code: "UNAUTHORIZED", reason: "unauthorized" },
      });
});

test("every subscription refuses over HTTP too, where events could come as a stream", async () => {
  const input = encodeURIComponent(JSON.stringify({ projectId: "the-last-light" }));
  const answer = await fetch(`${app.url}/api/trpc/events.onProject?input=${input}`, {
    headers: { accept: "text/event-stream" },
  });
  const events = await answer.text();
  expect(events).toContain('"code":"UNAUTHORIZED"');
  expect(events).not.toContain("snapshot");
});

test("every address of the REST API and of pictures refuses, whatever the method", async () => {
  const paths = [
    ...ROUTES.map(({ path }) => fill(path)),
    ...MEDIA_PATHS.flatMap((path) => [fill(path), `${fill(path)}.png`, `${fill(path)}.png?w=320&v=1`]),
    "/api/v1/openapi.json",
    "/api",
    "/api/",
    "/api/v1",
    "/api/nothing",
    "/media/",
    `/media/${NOBODY}`,
  ];
  for (const path of paths)
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await sendRaw(app.url, `${method} ${path} HTTP/1.1\r\nContent-Length: 0`);
      expect([method, path, answer?.status]).toEqual([method, path, 401]);
      expect(answer!.body).not.toContain("Skarv");
    }
});

test("health is bare", async () => {
  for (const path of ["/healthz", "/healthz/live", "/healthz/ready"]) {
    const answer = await fetch(app.url + path);
    expect([answer.status, await answer.json()]).toEqual([200, BARE]);
  }
  expect((await fetch(`${app.url}/healthz/more`)).status).toBe(404);
});

test("every page asks for the token by itself, so that none is shown by a door left open", () => {
  const pages = readdirSync(join(root, "src", "app"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[\\/])page\.tsx$/.test(file),
  );
  expect(pages.length).toBeGreaterThanOrEqual(7);
  for (const file of pages)
    expect(readFileSync(join(root, "src", "app", file), "utf8"), file).toContain("await openPage()");
  // Neither route handlers nor middleware nor server actions: only pages and what the custom server answers itself.
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  expect(sources.filter((file) => /(^|[\\/])(route|middleware|proxy)\.tsx?$/.test(file))).toEqual([]);
  for (const file of sources.filter((one) => /\.tsx?$/.test(one)))
    expect(readFileSync(join(root, "src", file), "utf8"), file).not.toMatch(/^\s*["']use server["']/m);
});

test("none of this changed anything or was logged", async () => {
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  expect(app.logged).toEqual([]);
});

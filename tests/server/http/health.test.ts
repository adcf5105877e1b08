import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { sendRaw } from "../../support/raw-http";
import { startTestApp } from "../../support/test-app";

/** Whether this is what `/healthz` asks the database. */
const isQuestion = (query: SQL) => new PgDialect().sqlToQuery(query).sql === "select 1";

test("/healthz/live and /healthz/ready answer bare, whoever asks; with the database silent or away it is not ready", async () => {
  await using app = await startTestApp();
  const ask = async (path: string) => {
    const answer = await sendRaw(app.url, `GET ${path} HTTP/1.1\r\nHost: evil.example`);
    return [answer!.status, JSON.parse(answer!.body)] as const;
  };
  const bare = { status: "ok", version: "test" };
  // A ComfyUI that is away is waited for.
  await app.comfy.stop();
  expect(await ask("/healthz/live")).toEqual([200, bare]);
  expect(await ask("/healthz/ready")).toEqual([200, bare]);

  const { db } = app.runtime.services.database;
  const execute = db.execute.bind(db);
  const refusal = {
    success: false,
    error: {
      code: "SERVICE_UNAVAILABLE",
      message: "Shotboard's database does not answer.",
      reason: "database_unreachable",
      field: null,
      remedy: expect.any(String) as string,
    },
  };
  for (const broken of [() => Promise.reject(new Error("gone")), () => new Promise(() => {})]) {
    // The lanes' own queries go on: only what health asks is held up.
    db.execute = ((query: SQL) =>
      isQuestion(query) ? broken() : execute(query)) as unknown as typeof db.execute;
    expect(await ask("/healthz/ready")).toEqual([503, refusal]);
    expect(await ask("/healthz/live")).toEqual([200, bare]);
    expect(await ask("/healthz")).toEqual([200, bare]);
    const whole = await fetch(`${app.url}/healthz`);
    expect([whole.status, await whole.json()]).toEqual([
      200,
      { ...bare, database: "unreachable", comfyui: [], jobs: { queued: 0, running: 0 } },
    ]);
  }
  db.execute = execute as typeof db.execute;
  expect(await ask("/healthz/ready")).toEqual([200, bare]);
});

test("/healthz tells how database, ComfyUI and jobs are, and answers 200 with ComfyUI down and up again", async () => {
  await using app = await startTestApp();
  const health = async () => {
    const answer = await fetch(`${app.url}/healthz`);
    return {
      status: answer.status,
      body: (await answer.json()) as {
        comfyui: { status: string }[];
        jobs: { queued: number; running: number };
      },
    };
  };
  const { projectId } = await app.project(1);
  const lane = {
    url: app.comfy.url,
    status: expect.any(String),
    version: expect.any(String),
    queueRemaining: expect.any(Number),
  };
  const first = app.event(projectId, (event) => "queue" in event && event.queue.lanes[0]?.state === "ready");
  await first;
  expect(await health()).toEqual({
    status: 200,
    body: {
      status: "ok",
      version: "test",
      database: "ok",
      comfyui: [{ ...lane, status: "ready" }],
      jobs: { queued: 0, running: 0 },
    },
  });
  // A page whose name was rebound to this address learns no more than that it serves, and so does a bare probe.
  const foreign = await sendRaw(app.url, "GET /healthz HTTP/1.1\r\nHost: evil.example");
  expect(foreign?.status).toBe(200);
  expect(JSON.parse(foreign!.body)).toEqual({ status: "ok", version: "test" });

  await app.comfy.stop();
  await app.client.image.generate.mutate({ projectId });
  await app.event(projectId, (event) => "queue" in event && event.queue.lanes[0]?.state === "waiting");
  const ill = await health();
  expect(ill).toMatchObject({ status: 200, body: { status: "ok", database: "ok" } });
  expect(ill.body.jobs.queued + ill.body.jobs.running).toBe(1);
  expect(ill.body.comfyui[0]?.status).toBe("waiting");

  await app.comfy.restart();
  await app.settled(projectId);
  expect(await health()).toMatchObject({ status: 200, body: { jobs: { queued: 0, running: 0 } } });
});

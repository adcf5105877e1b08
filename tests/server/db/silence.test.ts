import { sql } from "drizzle-orm";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isDatabaseAway } from "@/lib/database-away";
import type { Database } from "@/server/db/database";
import { openPostgres } from "@/server/db/open-postgres";
import { callRest } from "../../support/api";
import { startTestApp } from "../../support/test-app";
import { createPostgresDatabase, root } from "../../support/test-database";
import { startWire, type Wire } from "../../support/wire";

const SILENCE = 1_500;

let started = new AsyncDisposableStack();
afterEach(async () => {
  const done = started;
  started = new AsyncDisposableStack();
  await done.disposeAsync();
});

/** A database behind a wire that can swallow everything. */
async function openBehindWire(): Promise<{ wire: Wire; database: Database; direct: string }> {
  const { url, drop } = await createPostgresDatabase();
  started.defer(drop);
  const wire = started.use(await startWire(url));
  const through = new URL(url);
  through.port = new URL(wire.url).port;
  const database = await openPostgres({
    url: through.href,
    migrations: join(root, "src", "server", "db", "migrations"),
    silenceMs: SILENCE,
  });
  return { wire, database, direct: url };
}

const select1 = ({ db }: Database) => db.execute(sql`select 1`);
/** The same, patiently: a connection that hears nothing from its beginning is given up after 10 s. */
const answered = (database: Database) =>
  vi.waitUntil(
    () =>
      select1(database).then(
        () => true,
        () => false,
      ),
    { timeout: 20_000, interval: 50 },
  );

describe("a PostgreSQL that falls silent", () => {
  test("is given up after a while, which counts as away, and asked again as soon as it answers", async () => {
    const { wire, database } = await openBehindWire();
    started.defer(() => database.close());
    await select1(database);
    wire.silence();
    const asked = performance.now();
    const error: unknown = await select1(database).catch((e: unknown) => e);
    expect(isDatabaseAway(error)).toBe(true);
    expect(performance.now() - asked).toBeLessThan(SILENCE * 3);
    wire.heal();
    await answered(database);
  });

  test("is heard again by who only listens, who is told that something may have been missed", async () => {
    const { wire, database } = await openBehindWire();
    started.defer(() => database.close());
    const heard: string[] = [];
    await database.listen(
      "shotboard_silence",
      (payload) => heard.push(payload),
      () => heard.push("missed"),
    );
    wire.silence();
    await expect(select1(database)).rejects.toThrow();
    wire.heal();
    await answered(database);
    await vi.waitUntil(
      async () => {
        await database.notify(database.db, "shotboard_silence", "again");
        return heard.includes("again");
      },
      { timeout: 20_000, interval: 50 },
    );
    expect(heard).toContain("missed");
  });

  test("frees what a transaction had locked that nobody ends any more", async () => {
    const { wire, database } = await openBehindWire();
    started.defer(() => database.close());
    const lock = sql`insert into settings (key, value) values ('silence', '1')`;
    const inside = Promise.withResolvers<void>();
    const broken = database.db.transaction(async (tx) => {
      await tx.execute(lock);
      wire.silence();
      inside.resolve();
      await tx.execute(sql`select 1`);
    });
    await inside.promise;
    await expect(broken).rejects.toThrow();
    wire.heal();
    await vi.waitUntil(
      () =>
        database.db.execute(lock).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000, interval: 50 },
    );
  });

  test("is no reason to give up one that answers: a query may wait while others are answered", async () => {
    const { database } = await openBehindWire();
    started.defer(() => database.close());
    const heard: string[] = [];
    await database.listen("shotboard_silence", (payload) => heard.push(payload));
    const rows = await database.db.execute(sql`select pg_sleep(${SILENCE / 1_000 / 2})`);
    expect(rows).toHaveLength(1);
    await database.notify(database.db, "shotboard_silence", "still");
    await vi.waitUntil(() => heard.includes("still"), { timeout: 5_000 });
  });

  test(
    "in the middle of a batch costs no picture and no attempt: /healthz says so, and all goes on by itself",
    { timeout: 120_000 },
    async () => {
      const { wire, database } = await openBehindWire();
      const app = started.use(await startTestApp({ database, comfy: { stepMs: 20 } }));
      const { projectId } = await app.project(12);
      await app.client.image.generate.mutate({ projectId });
      await app.comfy.waitFor("sampling", 3);
      wire.silence();
      const asked = performance.now();
      const health = await (await fetch(`${app.url}/healthz`)).json();
      expect(health).toMatchObject({ status: "ok", database: "unreachable" });
      expect(performance.now() - asked).toBeLessThan(5_000);
      const away = await callRest(app, "GET", `/api/v1/projects/${projectId}`);
      expect(away).toMatchObject({ status: 503, error: { reason: "database_away" } });
      wire.heal();
      const { items } = await vi.waitUntil(
        async () => {
          const jobs = await app.client.job.list.query({ projectId }).catch(() => null);
          return jobs?.items.every((job) => job.status === "completed") ? jobs : null;
        },
        { timeout: 60_000, interval: 200 },
      );
      expect(items.map((job) => job.failures)).toEqual(items.map(() => 0));
      expect(app.comfy.maxPending).toBe(1);
      const { sections } = await app.client.project.get.query({ projectId });
      for (const sentence of sections.flatMap((section) => section.sentences)) {
        const takes = await app.client.take.list.query({ sentenceId: sentence.id });
        expect(takes.items).toHaveLength(1);
      }
    },
  );
});

import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { DRAFT } from "@/server/image-store/write-file";
import { startServerProcess } from "../../support/server-process";
import { createPostgresDatabase } from "../../support/test-database";

const SHOTS = 16;
const KILLS = [3, 8, 12];

test(
  "a server killed three times in one batch stores every picture exactly once, and no job is stuck",
  { timeout: 240_000 },
  async () => {
    const comfy = await startDemoComfyUI({ stepMs: 25, paint: false });
    const dataDir = await mkdtemp(join(tmpdir(), "shotboard-kill-"));
    const database = process.env["TEST_DATABASE"] === "postgres" ? await createPostgresDatabase() : null;
    const env = {
      DATA_DIR: dataDir,
      COMFYUI_URL: comfy.url,
      ...(database && { DATABASE_URL: database.url }),
    };
    try {
      let server = await startServerProcess(env);
      let client = createShotboardClient({ url: server.url });
      const sentences = Array.from({ length: SHOTS }, (_, index) => ({ text: `Shot number ${index + 1}.` }));
      const { id: projectId } = await client.project.create.mutate({
        name: "Kill",
        sections: [{ title: "One", sentences }],
      });
      const { queued } = await client.image.generate.mutate({ projectId });
      expect(queued).toBe(SHOTS);

      for (const pictures of KILLS) {
        await comfy.waitFor("sampling", pictures + 1);
        await server.end("SIGKILL");
        server = await startServerProcess(env);
        client = createShotboardClient({ url: server.url });
      }
      await using _ = server;

      const ended = Promise.withResolvers<void>();
      const open = new Map<string, boolean>();
      const subscription = client.events.onProject.subscribe(
        { projectId },
        {
          onData: ({ data }) => {
            const some =
              data.type === "snapshot" ? data.sentences : data.type === "sentence" ? [data.sentence] : [];
            for (const one of some) open.set(one.id, one.status === "generating");
            if (![...open.values()].includes(true)) ended.resolve();
          },
          onError: ended.reject,
        },
      );
      await ended.promise;
      subscription.unsubscribe();

      const project = await client.project.get.query({ projectId });
      const shots = project.sections.flatMap((section) => section.sentences);
      expect(shots.map((shot) => shot.status)).toEqual(shots.map(() => "completed"));
      for (const shot of shots) {
        const { items } = await client.take.list.query({ sentenceId: shot.id });
        expect(items).toHaveLength(1);
      }
      const files = await readdir(join(dataDir, "projects", projectId, "images"));
      // A kill in the middle of a write leaves its draft, until the next sweep.
      const [drafts, whole] = [true, false].map((is) => files.filter((name) => DRAFT.test(name) === is));
      expect(whole!.toSorted()).toEqual(shots.map((shot) => `${shot.id}.png`).toSorted());
      expect(drafts!.length).toBeLessThanOrEqual(KILLS.length);
      const takes = await readdir(join(dataDir, "projects", projectId, "takes"));
      expect(takes.length).toBeLessThanOrEqual(SHOTS + KILLS.length);
      const { items: jobs } = await client.job.list.query({ projectId });
      expect(jobs.map((job) => job.status)).toEqual(Array.from({ length: SHOTS }, () => "completed"));
      expect(comfy.prompts.length).toBeLessThanOrEqual(SHOTS + KILLS.length);
      expect(comfy.maxPending).toBe(1);
      await client.close();
    } finally {
      await comfy.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);

test(
  "what a killed server had posted is followed before anything else is posted, whatever is more urgent",
  { timeout: 120_000 },
  async () => {
    const comfy = await startDemoComfyUI({ stepMs: 5, paint: false });
    const dataDir = await mkdtemp(join(tmpdir(), "shotboard-kill-"));
    const database = process.env["TEST_DATABASE"] === "postgres" ? await createPostgresDatabase() : null;
    const env = {
      DATA_DIR: dataDir,
      COMFYUI_URL: comfy.url,
      ...(database && { DATABASE_URL: database.url }),
    };
    try {
      const first = await startServerProcess(env);
      const before = createShotboardClient({ url: first.url });
      const sections = [{ title: "One", sentences: [{ text: "A long one." }, { text: "Another." }] }];
      const { id: projectId } = await before.project.create.mutate({ name: "Kill", sections });
      const { sections: made } = await before.project.get.query({ projectId });
      const [long, urgent] = made[0]!.sentences.map((sentence) => sentence.id);
      comfy.pause();
      const { jobIds } = await before.image.generate.mutate({ projectId, sentenceIds: [long!] });
      await comfy.waitFor("started");
      await before.image.generate.mutate({ projectId, sentenceIds: [urgent!], priority: 100 });
      await before.close();
      await first.end("SIGKILL");

      await using second = await startServerProcess(env);
      const client = createShotboardClient({ url: second.url });
      await vi.waitUntil(async () => (await client.queue.status.query()).lanes[0]?.jobId === jobIds[0], {
        timeout: 60_000,
        interval: 100,
      });
      comfy.release();
      await vi.waitUntil(
        async () =>
          (await client.job.list.query({ projectId })).items.every((job) => job.status === "completed"),
        { timeout: 50_000, interval: 100 },
      );
      expect(comfy.prompts).toHaveLength(2);
      expect(comfy.maxPending).toBe(1);
      await client.close();
    } finally {
      await comfy.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);

test("SIGTERM ends the server in order, and a second one changes nothing", { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-end-"));
  const database = process.env["TEST_DATABASE"] === "postgres" ? await createPostgresDatabase() : null;
  try {
    await using server = await startServerProcess({
      DATA_DIR: dataDir,
      ...(database && { DATABASE_URL: database.url }),
    });
    const ended = server.end("SIGTERM");
    process.kill(server.pid, "SIGTERM");
    expect(await ended).toBe(0);
  } finally {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("a wrong setting stops the start with a sentence that names it", { timeout: 60_000 }, async () => {
  await expect(startServerProcess({ PORT: "many" })).rejects.toThrow(/The setting PORT is not usable/);
});

test(
  "a port in use, a database that is away and a data folder that cannot be made stop it so too",
  { timeout: 60_000 },
  async () => {
    const comfy = await startDemoComfyUI({ paint: false });
    const folder = await mkdtemp(join(tmpdir(), "shotboard-start-"));
    const { port } = new URL(comfy.url);
    const file = join(folder, "file");
    await writeFile(file, "");
    const away = "postgres://user:secret-word@127.0.0.1:1/shotboard";
    try {
      for (const [env, sentence] of [
        [{ PORT: port, DATA_DIR: folder }, `Port ${port} on 127.0.0.1 is in use by another program.`],
        [{ DATABASE_URL: away, DATA_DIR: folder }, "The database of DATABASE_URL does not let Shotboard in"],
        [{ DATA_DIR: join(file, "data") }, "The folder of DATA_DIR cannot be used"],
      ] as const) {
        const failed: unknown = await startServerProcess({ COMFYUI_URL: comfy.url, ...env }).catch(
          (e: unknown) => e,
        );
        expect(failed).toBeInstanceOf(Error);
        const said = (failed as Error).message;
        expect(said).toContain(`\n${sentence}`);
        expect(said).not.toMatch(/secret-word|^ +at /m);
      }
    } finally {
      await comfy.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);

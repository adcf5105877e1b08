import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startServerProcess } from "../../support/server-process";
import { createPostgresDatabase } from "../../support/test-database";
import { running } from "../generation/received";

/** A process that gives no sign of life loses its lane after 10 s, and its job a moment later. */
const patience = { timeout: 60_000, interval: 50 };

if (process.env["TEST_DATABASE"] === "postgres")
  test(
    "two servers on one PostgreSQL: one has the lane; where it falls asleep the other goes on, and what it does when it wakes is too late",
    { timeout: 180_000 },
    async () => {
      const comfy = await startDemoComfyUI({ stepMs: 5, paint: false });
      const dataDir = await mkdtemp(join(tmpdir(), "shotboard-two-"));
      const database = await createPostgresDatabase();
      const env = { DATA_DIR: dataDir, COMFYUI_URL: comfy.url, DATABASE_URL: database.url };
      try {
        await using first = await startServerProcess(env);
        const client = createShotboardClient({ url: first.url });
        const sentences = Array.from({ length: 6 }, (_, index) => ({ text: `Shot number ${index + 1}.` }));
        const { id: projectId } = await client.project.create.mutate({
          name: "Two",
          sections: [{ title: "One", sentences }],
        });
        comfy.pause();
        const { jobIds } = await client.image.generate.mutate({ projectId });
        await running(comfy, jobIds[0]!);

        await using second = await startServerProcess(env);
        const other = createShotboardClient({ url: second.url });
        const lane = async () => (await other.queue.status.query()).lanes[0]!;
        await vi.waitUntil(async () => (await lane()).state === "elsewhere", patience);
        expect(comfy.prompts).toHaveLength(1);

        process.kill(first.pid, "SIGSTOP");
        await vi.waitUntil(async () => (await lane()).jobId !== null, patience);
        comfy.release();
        const statuses = async () =>
          (await other.job.list.query({ projectId })).items.map((one) => one.status);
        await vi.waitUntil(async () => (await statuses()).every((one) => one === "completed"), patience);
        process.kill(first.pid, "SIGCONT");
        // It serves again, and sees what the other one did.
        await vi.waitUntil(
          async () => (await client.queue.status.query()).lanes[0]!.state === "elsewhere",
          patience,
        );

        expect(await statuses()).toEqual(jobIds.map(() => "completed"));
        const project = await client.project.get.query({ projectId });
        for (const { id } of project.sections[0]!.sentences)
          expect((await client.take.list.query({ sentenceId: id })).items).toHaveLength(1);
        // The other one followed what the sleeper had posted: nothing was painted twice.
        expect(comfy.prompts).toHaveLength(jobIds.length);
        expect(comfy.maxPending).toBe(1);
        // What the sleeper had fetched was refused a place, and is removed.
        const files = () => readdir(join(dataDir, "projects", projectId, "takes"));
        await vi.waitUntil(async () => (await files()).length === jobIds.length, patience);
        await client.close();
        await other.close();
      } finally {
        await comfy.close();
        await database.drop();
        await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  );
else
  test(
    "a second server on the same data folder is refused, and the first one named",
    { timeout: 120_000 },
    async () => {
      const comfy = await startDemoComfyUI({ paint: false });
      const dataDir = await mkdtemp(join(tmpdir(), "shotboard-two-"));
      const env = { DATA_DIR: dataDir, COMFYUI_URL: comfy.url };
      try {
        await using first = await startServerProcess(env);
        await expect(startServerProcess(env)).rejects.toThrow(
          new RegExp(`in use by process ${first.pid} on `),
        );
        expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
      } finally {
        await comfy.close();
        await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  );

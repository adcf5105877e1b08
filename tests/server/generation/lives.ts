import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { vi } from "vitest";
import { parseEnvironment } from "@/server/boot/environment";
import { startRuntime, type Runtime } from "@/server/boot/runtime";
import type { Timings } from "@/server/comfyui/timings";
import { rowsOf, type Database } from "@/server/db/database";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { createCaller, type AppCaller } from "@/server/trpc/router";
import { openTestDatabase, root } from "../../support/test-database";
import { patience, small } from "./patience";

/** One start of the server, its doors left out. */
export interface Life extends AsyncDisposable {
  runtime: Runtime;
  api: AppCaller;
  /** A project of that many sentences. */
  project(count: number): Promise<{ projectId: string; sentenceIds: string[] }>;
  /** Waits until no job of the project is open. */
  settled(projectId: string): Promise<void>;
}

/** One database, data folder and ComfyUI, on which the server starts several times. */
export interface Lives extends AsyncDisposable {
  comfy: DemoComfyUI;
  dataDir: string;
  database: Database;
  /**
   * @param url COMFYUI_URL; none for the demo renderer
   * @param comfyTimings waits of the ComfyUI client that differ
   */
  start(url?: string, comfyTimings?: Partial<Timings>): Promise<Life>;
  /**
   * What a kill -9 leaves in the tables, after an orderly end: these jobs running and their tickets taken by an owner
   * who gives no more sign of life.
   */
  makeOrphans(jobIds: string[]): Promise<void>;
}

export async function openLives(): Promise<Lives> {
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false });
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-test-"));
  const database = await openTestDatabase();
  return {
    comfy,
    dataDir,
    database,
    start: async (url, comfyTimings = {}) => {
      const environment = parseEnvironment(
        { DATA_DIR: dataDir, NODE_ENV: "test", ...(url !== undefined && { COMFYUI_URL: url }) },
        root,
      );
      const quiet = () => {};
      const runtime = await startRuntime({
        environment,
        root,
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        database: { ...database, close: async () => {} },
        timings: { pollMs: 100, touchMs: 200, retryFirstMs: 20 },
        comfyTimings: {
          graceMs: 1_500,
          pollLivelyMs: 300,
          pollSilentMs: 100,
          reconnectMinMs: 20,
          reconnectMaxMs: 200,
          ...comfyTimings,
        },
      });
      const api = createCaller({
        services: runtime.services,
        refusal: null,
        isCongested: () => false,
        openSubscription: () => () => {},
      });
      return {
        runtime,
        api,
        project: async (count) => {
          const sentences = Array.from({ length: count }, (_, index) => ({
            text: `Shot number ${index + 1}.`,
          }));
          const { id: projectId } = await api.project.create({
            name: "Test",
            ...small,
            sections: [{ title: "One", sentences }],
          });
          const project = await api.project.get({ projectId });
          return { projectId, sentenceIds: project.sections[0]!.sentences.map((one) => one.id) };
        },
        settled: async (projectId) => {
          await vi.waitUntil(async () => {
            const project = await api.project.get({ projectId });
            return project.sections.every((section) =>
              section.sentences.every((one) => one.status !== "generating"),
            );
          }, patience);
        },
        [Symbol.asyncDispose]: () => runtime.close(),
      };
    },
    makeOrphans: async (jobIds) => {
      const ids = sql.join(
        jobIds.map((id) => sql`${id}`),
        sql`, `,
      );
      await database.db.execute(
        sql`update generation_jobs set status = 'running', step = 'sampling 3/8', progress = 40 where id in (${ids})`,
      );
      const taken = await database.db.execute(sql`
        update pgboss.job set state = 'active', started_on = now() - interval '1 minute', heartbeat_on = now() - interval '1 minute'
        where id::text in (${ids}) returning id`);
      if (rowsOf(taken).length !== jobIds.length) throw new Error("Some tickets are gone.");
      await database.db.execute(
        sql`update lanes set lease_owner = 'killed', lease_until = now() + interval '1 second'`,
      );
    },
    [Symbol.asyncDispose]: async () => {
      await comfy.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

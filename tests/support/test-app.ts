import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import type { Log } from "@/lib/log";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { DoorLimits } from "@/server/boot/door-limits";
import { parseEnvironment } from "@/server/boot/environment";
import { startRuntime, type Runtime } from "@/server/boot/runtime";
import { serve } from "@/server/boot/serve";
import type { Database } from "@/server/db/database";
import type { Timings } from "@/server/comfyui/timings";
import {
  startDemoComfyUI,
  type DemoComfyUI,
  type DemoComfyUIOptions,
} from "@/server/demo-comfyui/start-demo-comfyui";
import type { GenerationTimings } from "@/server/generation/generation-context";
import { openTestDatabase, root } from "./test-database";

export interface TestAppOptions {
  comfy?: DemoComfyUIOptions;
  /** Further ComfyUI servers, each a lane. */
  moreComfy?: DemoComfyUI[];
  env?: Record<string, string>;
  timings?: Partial<GenerationTimings>;
  comfyTimings?: Partial<Timings>;
  limits?: Partial<DoorLimits>;
  /** An open database instead of a fresh one; it is closed with the app. */
  database?: Database;
}

export interface TestApp extends AsyncDisposable {
  /** Where the API is served, over real HTTP and WebSocket. */
  url: string;
  /** The same, with the one-time token; null without ACCESS_TOKEN. */
  oneTimeUrl: string | null;
  client: ShotboardClient;
  /** The fake ComfyUI that it is connected to. */
  comfy: DemoComfyUI;
  runtime: Runtime;
  dataDir: string;
  /** What was logged as warning or error. */
  logged: { message: string; fields: Record<string, unknown> }[];
  /** A project of that many sentences in one section. */
  project(
    sentences: number,
    more?: Partial<Parameters<ShotboardClient["project"]["create"]["mutate"]>[0]>,
  ): Promise<{ projectId: string; sentenceIds: string[] }>;
  /** Resolves once no job of the project is open. */
  settled(projectId: string): Promise<void>;
  /** Resolves with the first event, from now on and in the snapshot, that fits. */
  event(projectId: string, fits: (event: ProjectEvent) => boolean): Promise<ProjectEvent>;
}

/** Waits that tests need not sit through. */
const QUICK: Partial<GenerationTimings> = {
  retryFirstMs: 20,
  pollMs: 100,
  touchMs: 200,
  troubleFirstMs: 50,
  troubleMaxMs: 200,
  noticeMs: 400,
};
const QUICK_COMFY: Partial<Timings> = {
  graceMs: 1_500,
  pollLivelyMs: 300,
  pollSilentMs: 100,
  reconnectMinMs: 20,
  reconnectMaxMs: 200,
};

/** The whole server but its pages, on a database of this run's kind and a fake ComfyUI. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false, ...options.comfy });
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-test-"));
  const urls = [comfy, ...(options.moreComfy ?? [])].map((one) => one.url).join(",");
  const environment = parseEnvironment(
    { PORT: "0", DATA_DIR: dataDir, COMFYUI_URL: urls, NODE_ENV: "test", ...options.env },
    root,
  );
  const logged: TestApp["logged"] = [];
  const note = (message: string, fields: Record<string, unknown> = {}) =>
    void logged.push({ message, fields });
  const log: Log = { debug: () => {}, info: () => {}, warn: note, error: note };
  const runtime = await startRuntime({
    environment,
    root,
    log,
    database: options.database ?? (await openTestDatabase()),
    timings: { ...QUICK, ...options.timings },
    comfyTimings: { ...QUICK_COMFY, ...options.comfyTimings },
  });
  const { limits = {} } = options;
  const serving = await serve({ runtime, environment, root, version: "test", pages: "none", limits });
  const token = environment.accessToken;
  const client = createShotboardClient({ url: serving.url, ...(token !== null && { token }) });

  const event: TestApp["event"] = (projectId, fits) =>
    new Promise((resolve, reject) => {
      const subscription = client.events.onProject.subscribe(
        { projectId },
        {
          onData: ({ data }) => {
            if (!fits(data)) return;
            subscription.unsubscribe();
            resolve(data);
          },
          onError: reject,
        },
      );
    });

  const settled = async (projectId: string) => {
    const open = new Map<string, boolean>();
    await event(projectId, (one) => {
      const sentences =
        one.type === "snapshot" ? one.sentences : one.type === "sentence" ? [one.sentence] : [];
      for (const { id, status } of sentences) open.set(id, status === "generating");
      return ![...open.values()].includes(true);
    });
  };

  return {
    url: serving.url,
    oneTimeUrl: serving.oneTimeUrl,
    client,
    comfy,
    runtime,
    dataDir,
    logged,
    event,
    settled,
    project: async (count, more) => {
      const sentences = Array.from({ length: count }, (_, index) => ({
        text: `Shot number ${index + 1} of the test.`,
      }));
      const { id: projectId } = await client.project.create.mutate({
        name: "Test",
        sections: [{ title: "One", sentences }],
        ...more,
      });
      const project = await client.project.get.query({ projectId });
      return {
        projectId,
        sentenceIds: project.sections.flatMap((section) => section.sentences.map((sentence) => sentence.id)),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await serving.close();
      await runtime.close();
      await comfy.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

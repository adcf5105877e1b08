import type { Timings } from "@/server/comfyui/timings";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startTestApp, type TestApp, type TestAppOptions } from "../../support/test-app";
import { startWire, type Wire } from "../../support/wire";

/** Waits for a silent server that tests need not sit through, and long enough for a busy machine. */
const SHORT_SILENCES: Partial<Timings> = {
  requestTimeoutMs: 600,
  pollTimeoutMs: 600,
  submitTimeoutMs: 600,
  uploadTimeoutMs: 600,
  socketOpenMs: 200,
  graceMs: 800,
  pingMs: 100,
  deadSocketMs: 600,
};

/** The whole server, connected to a fake ComfyUI over a wire that can swallow everything. */
export async function startBehindWire(options: TestAppOptions = {}): Promise<TestApp & { wire: Wire }> {
  await using started = new AsyncDisposableStack();
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false, ...options.comfy });
  started.defer(() => comfy.close());
  const wire = started.use(await startWire(comfy.url));
  const app = started.use(
    await startTestApp({
      ...options,
      env: { COMFYUI_URL: wire.url, ...options.env },
      comfyTimings: { ...SHORT_SILENCES, ...options.comfyTimings },
    }),
  );
  const all = started.move();
  return { ...app, comfy, wire, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

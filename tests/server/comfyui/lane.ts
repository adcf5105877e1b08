import { createComfyClient } from "@/server/comfyui/comfy-client";
import type { Outcome } from "@/server/comfyui/outcome";
import type { Progress } from "@/server/comfyui/progress";
import type { Timings } from "@/server/comfyui/timings";
import type { FakeComfy } from "./fake-comfy";
import { graph, promptId, quick } from "./quick";

/** A client and a session on a fake server, and what was told while the one prompt was followed. */
export function openLane(fake: FakeComfy, timings: Partial<Timings> = {}) {
  const client = createComfyClient({ url: fake.url, timings: { ...quick, ...timings } });
  const session = client.openSession();
  const progress: Progress[] = [];
  const follow = (signal?: AbortSignal): Promise<Outcome> =>
    session.follow({ promptId, graph, outputNodeId: "9", signal, onProgress: (one) => progress.push(one) });
  return {
    client,
    session,
    follow,
    progress,
    steps: () => progress.map((one) => one.step),
    [Symbol.dispose]: () => session.close(),
  };
}

/** A message of the one prompt, as it goes over the wire. */
export function message(type: string, data: object = {}): object {
  return { type, data: { prompt_id: promptId, ...data } };
}

export function finished(filename: string): Outcome {
  return { kind: "finished", files: [{ filename, subfolder: "", type: "output" }] };
}

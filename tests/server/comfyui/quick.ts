import type { Graph } from "@/server/workflow/graph";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import type { ComfyClient, ComfyClientOptions } from "@/server/comfyui/comfy-client";
import type { Timings } from "@/server/comfyui/timings";

/** The client's waits, shortened for tests. */
export const quick: Partial<Timings> = {
  requestTimeoutMs: 10_000,
  pollTimeoutMs: 10_000,
  pollLivelyMs: 20,
  pollSilentMs: 10,
  hintGapMs: 5,
  graceMs: 150,
  reconnectMinMs: 5,
  reconnectMaxMs: 20,
  cancelVerifyMs: 1_000,
  cancelPollMs: 5,
};

/** A small graph with its output in node 9. */
export const graph: Graph = {
  "1": {
    class_type: "UNETLoader",
    inputs: { unet_name: "z_image_turbo_bf16.safetensors", weight_dtype: "default" },
  },
  "3": {
    class_type: "KSampler",
    inputs: { seed: 7, steps: 8, model: ["1", 0] },
    _meta: { title: "Sampler" },
  },
  "8": { class_type: "VAEDecode", inputs: { samples: ["3", 0] } },
  "9": { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "shot" } },
};

/** What history says of a prompt that went well. */
export function success(filename: string, nodeId = "9"): unknown {
  return {
    prompt: [],
    outputs: { [nodeId]: { images: [{ filename, subfolder: "", type: "output" }] } },
    status: { status_str: "success", completed: true, messages: [] },
    meta: {},
  };
}

export const promptId = "0b0f7f0c-27c5-4a5a-9a0c-3f8a2d0f5b11";

/** A client with the shortened waits. */
export function connect(fake: { url: string }, options: Partial<ComfyClientOptions> = {}): ComfyClient {
  return createComfyClient({ url: fake.url, ...options, timings: { ...quick, ...options.timings } });
}

/**
 * The fake ComfyUI as a process of its own, which can be killed. Arguments: port, milliseconds of a sampling step.
 * Tells its parent of every prompt that it takes.
 */
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";

/** A prompt of ours that came. */
export interface Posted {
  promptId: string;
  /** ms since 1970. */
  at: number;
  /** The most prompts that were ever in its queue at once. */
  maxPending: number;
}

const [port, stepMs] = process.argv.slice(2).map(Number);
const comfy = await startDemoComfyUI({ port: port!, stepMs: stepMs!, paint: false });
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
for (let n = 1; ; n += 1) {
  const { promptId } = await comfy.waitFor("submitted", n);
  process.send?.({ promptId, at: Date.now(), maxPending: comfy.maxPending } satisfies Posted);
}

/**
 * The fake ComfyUI as a process of its own. Argument: milliseconds of a sampling step. Tells its parent of each
 * sampling step at the moment it is sent.
 */
import { SocketTable } from "@/server/demo-comfyui/socket-table";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { serveParent } from "./start-child";

/** A sampling step that was sent to Shotboard. */
export interface SentStep {
  promptId: string;
  value: number;
  /** Milliseconds of the epoch, with fractions. */
  at: number;
}

const send = SocketTable.prototype.send;
SocketTable.prototype.send = function (type, data, clientId) {
  if (type === "progress") {
    const { prompt_id: promptId, value } = data as { prompt_id: string; value: number };
    process.send?.({
      promptId,
      value,
      at: performance.timeOrigin + performance.now(),
    } satisfies SentStep);
  }
  send.call(this, type, data, clientId);
};

const comfy = await startDemoComfyUI({ stepMs: Number(process.argv[2]), paint: false });
serveParent({ url: comfy.url }, comfy.close);

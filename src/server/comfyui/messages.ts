import { z } from "zod";
import { parsePythonJson } from "./parse-json";

const promptId = z.string();
// Older servers, and the one message sent on connecting, leave the prompt out.
const maybePromptId = z.string().nullish();
const nodeId = z.string();
const amount = z.number();

const message = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("status"),
    data: z.object({ status: z.object({ exec_info: z.object({ queue_remaining: amount }) }) }),
  }),
  z.object({ type: z.literal("execution_start"), data: z.object({ prompt_id: promptId }) }),
  z.object({
    type: z.literal("execution_cached"),
    data: z.object({ nodes: z.array(nodeId).default([]), prompt_id: promptId }),
  }),
  z.object({
    type: z.literal("executing"),
    data: z.object({ node: nodeId.nullable(), display_node: nodeId.nullish(), prompt_id: maybePromptId }),
  }),
  z.object({
    type: z.literal("progress"),
    data: z.object({ node: nodeId.nullish(), value: amount, max: amount, prompt_id: maybePromptId }),
  }),
  z.object({
    type: z.literal("progress_state"),
    data: z.object({
      prompt_id: promptId,
      nodes: z.record(
        nodeId,
        z.object({ state: z.string(), value: amount, max: amount, display_node_id: nodeId.nullish() }),
      ),
    }),
  }),
  z.object({
    type: z.literal("executed"),
    // Its output may be null, or name a file of an earlier prompt: history tells the files, as long as it is there.
    data: z.object({
      node: nodeId,
      display_node: nodeId.nullish(),
      prompt_id: promptId,
      output: z.unknown().optional(),
    }),
  }),
  z.object({ type: z.literal("execution_success"), data: z.object({ prompt_id: promptId }) }),
  z.object({
    type: z.literal("execution_error"),
    data: z.looseObject({ prompt_id: promptId, node_id: nodeId.nullish(), node_type: z.string().nullish() }),
  }),
  z.object({ type: z.literal("execution_interrupted"), data: z.object({ prompt_id: promptId }) }),
]);

/** A message of ComfyUI's WebSocket that means something to us. */
export type ComfyMessage = z.infer<typeof message>;

/** Reads a text frame. Null for anything unknown or malformed, which is to be skipped. */
export function parseMessage(text: string): ComfyMessage | null {
  let json: unknown;
  try {
    json = parsePythonJson(text);
  } catch {
    return null;
  }
  const parsed = message.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** The prompt a message belongs to; null if it belongs to none or does not say. */
export function promptIdOf(parsed: ComfyMessage): string | null {
  return parsed.type === "status" ? null : (parsed.data.prompt_id ?? null);
}

/** Whether a message says that its prompt is over. History has the outcome. */
export function isOver(parsed: ComfyMessage): boolean {
  switch (parsed.type) {
    case "execution_success":
    case "execution_error":
    case "execution_interrupted":
      return true;
    case "executing":
      return parsed.data.node === null;
    default:
      return false;
  }
}

import { readFileSync, readdirSync } from "node:fs";
import { z } from "zod";
import type { Graph } from "@/server/workflow/graph";

const folder = new URL("../../fixtures/comfyui/traces/", import.meta.url);
export const traceNames = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

const message = z.union([
  z.object({
    binary: z.literal(true),
    event: z.number(),
    bytes: z.number(),
    format: z.number().optional(),
    meta: z.unknown().optional(),
  }),
  z.object({ type: z.string(), data: z.looseObject({ prompt_id: z.string().optional() }) }),
]);
export type TraceMessage = z.infer<typeof message>;
const messages = z.array(message).default([]);

const traceFile = z.object({
  request: z.object({ prompt: z.unknown().optional() }).optional(),
  response: z.object({ status: z.number(), body: z.unknown().optional() }).optional(),
  messages,
  history: z.record(z.string(), z.unknown()).nullish(),
  ids: z.array(z.string()).optional(),
  first: messages,
  second: messages,
  third: messages,
});

export type Trace = Omit<z.infer<typeof traceFile>, "request"> & { graph: Graph };

export function readTrace(name: string): Trace {
  const { request, ...trace } = traceFile.parse(
    JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")),
  );
  // Where no request was recorded, it was that of the first trace with another seed or more steps.
  return { ...trace, graph: request ? (request.prompt as Graph) : readTrace("t2i-first").graph };
}

/** A recorded message as it went over the wire; the picture's bytes, which were left out, are zeros. */
export function wireForm(recorded: TraceMessage): Buffer | string {
  if (!("binary" in recorded)) return JSON.stringify({ type: recorded.type, data: recorded.data });
  const { event, bytes, format = 0, meta } = recorded;
  const metadata = meta === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(meta));
  const frame = Buffer.alloc(bytes);
  frame.writeUInt32BE(event, 0);
  frame.writeUInt32BE(meta === undefined ? format : metadata.byteLength, 4);
  metadata.copy(frame, 8);
  return frame;
}

/** What history says after these messages, by prompt, made from what they tell. */
export function historyFrom(recorded: readonly TraceMessage[]): Record<string, unknown> {
  const entries: Record<string, { outputs: Record<string, unknown>; status: unknown }> = {};
  const outputs: Record<string, Record<string, unknown>> = {};
  const told: Record<string, [string, unknown][]> = {};
  for (const one of recorded) {
    if ("binary" in one || one.data.prompt_id === undefined) continue;
    const id = one.data.prompt_id;
    if (one.type === "executed" && one.data.output) {
      outputs[id] = { ...outputs[id], [String(one.data.node)]: one.data.output };
    }
    if (one.type.startsWith("execution_")) (told[id] ??= []).push([one.type, one.data]);
    const isSuccess = one.type === "execution_success";
    if (!isSuccess && one.type !== "execution_error" && one.type !== "execution_interrupted") continue;
    const status = { status_str: isSuccess ? "success" : "error", completed: isSuccess, messages: told[id] };
    entries[id] = { outputs: outputs[id] ?? {}, status };
  }
  return entries;
}

/** The prompts that messages tell of, in order. */
export function promptsIn(recorded: readonly TraceMessage[]): string[] {
  const ids = recorded.flatMap((one) => ("binary" in one ? [] : (one.data.prompt_id ?? [])));
  return [...new Set(ids)];
}

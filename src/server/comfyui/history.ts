import { z } from "zod";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

/** A file that ComfyUI made, as `/view` wants it named. `type` is `output`, `temp` or `input`. */
export interface OutputFile {
  filename: string;
  subfolder: string;
  type: string;
}

/** What one node put out, and which node of the graph it stands for (nodes may expand into others). */
export interface NodeOutput {
  nodeId: string;
  /** The node itself and those it was expanded from. */
  standsFor: readonly string[];
  files: OutputFile[];
}

/** What `/history/{id}` says about a prompt that is over. */
export interface HistoryEntry {
  promptId: string;
  isSuccess: boolean;
  outputs: NodeOutput[];
  /** ComfyUI's own account: `["execution_error", {…}]` and the like. */
  messages: [type: string, data: unknown][];
}

const outputFile = z.object({
  filename: z.string().min(1),
  subfolder: z.string().default(""),
  type: z.string().default("output"),
});

const historySchema = z.record(
  z.string(),
  z.object({
    outputs: z.record(z.string(), z.unknown()).nullish(),
    status: z.object({ status_str: z.string(), messages: z.array(z.unknown()).default([]) }).nullish(),
    meta: z.record(z.string(), z.unknown()).nullish(),
  }),
);

const nodeMeta = z.object({
  display_node: z.string().nullish(),
  parent_node: z.string().nullish(),
  real_node_id: z.string().nullish(),
});
const historyMessage = z.tuple([z.string(), z.unknown()]);

/** The history of one prompt; null while it is queued, runs or is unknown. Never asks for the whole history. */
export async function getHistory(
  http: ComfyHttp,
  promptId: string,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<HistoryEntry | null> {
  const path = `history/${encodeURIComponent(promptId)}`;
  const body = await getJson(http, { path, schema: historySchema, ...options });
  const entry = Object.hasOwn(body, promptId) ? body[promptId] : undefined;
  if (!entry) return null;
  const meta = entry.meta ?? {};
  return {
    promptId,
    // The oldest servers have no status: what they remember went well.
    isSuccess: entry.status ? entry.status.status_str === "success" : true,
    outputs: Object.entries(entry.outputs ?? {}).map(([nodeId, output]) => ({
      nodeId,
      standsFor: standsFor(nodeId, Object.hasOwn(meta, nodeId) ? meta[nodeId] : undefined),
      files: filesOf(output),
    })),
    messages: (entry.status?.messages ?? []).flatMap((message) => {
      const parsed = historyMessage.safeParse(message);
      return parsed.success ? [parsed.data] : [];
    }),
  };
}

function standsFor(nodeId: string, meta: unknown): string[] {
  const parsed = nodeMeta.safeParse(meta);
  if (!parsed.success) return [nodeId];
  const { display_node, parent_node, real_node_id } = parsed.data;
  return [nodeId, display_node, parent_node, real_node_id].filter((id) => id != null);
}

/** The files in a node's output: under `images` first, then under any other name (`gifs`, `a_images`). */
export function filesOf(output: unknown): OutputFile[] {
  if (typeof output !== "object" || output === null) return [];
  const lists = Object.entries(output).toSorted(
    ([a], [b]) => Number(b === "images") - Number(a === "images"),
  );
  return lists.flatMap(([, list]) =>
    (Array.isArray(list) ? list : []).flatMap((file: unknown) => {
      const parsed = outputFile.safeParse(file);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

import { z } from "zod";
import { ComfyError } from "./comfy-error";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";
import { statusError } from "./status-error";

/** A workflow that can be fetched from a server: one its user saved, or one that ran there. */
export interface StoredWorkflow {
  kind: "saved" | "run";
  /** The path below its folder of workflows, or the prompt's id. */
  id: string;
  name: string;
  /** When it was saved or ran; null where the server does not say. */
  at: Date | null;
}

const FOLDER = "workflows";
const MOST_RUNS = 30;
const MOST_SAVED = 2_000;
/** Larger ones are no workflows of ours. */
const LIMIT = 10 * 1024 * 1024;

const listed = z.array(z.union([z.string(), z.object({ path: z.string(), modified: z.number().nullish() })]));
const entries = z.record(z.string(), z.object({ prompt: z.array(z.unknown()), status: z.unknown() }));
const startMessages = z.object({ messages: z.array(z.tuple([z.string(), z.unknown()])) });
const stamped = z.object({ timestamp: z.number() });
const titled = z.record(
  z.string(),
  z.object({ _meta: z.object({ title: z.string() }).nullish(), class_type: z.string() }),
);

/** What the server's user saved in the editor; nothing where the server keeps no files for its users. */
export async function listSaved(http: ComfyHttp, signal?: AbortSignal): Promise<StoredWorkflow[]> {
  const path = `userdata?dir=${FOLDER}&recurse=true&split=false&full_info=true`;
  const answer = await http.get(path, { ...(signal && { signal }) });
  if (answer.status === 404) return [];
  const parsed = answer.status === 200 ? listed.safeParse(http.json(answer)) : null;
  if (!parsed?.success) throw statusError(http.address.url, answer.status, "");
  return parsed.data
    .map((one) => (typeof one === "string" ? { path: one, modified: null } : one))
    .filter((one) => one.path.endsWith(".json"))
    .slice(0, MOST_SAVED)
    .map(({ path: id, modified }) => ({
      kind: "saved",
      id: id.replaceAll("\\", "/"),
      name: id.replace(/\.json$/, "").replaceAll("\\", "/"),
      at: modified == null ? null : new Date(modified > 1e11 ? modified : modified * 1_000),
    }));
}

/** A saved workflow's text. */
export async function readSaved(http: ComfyHttp, id: string, signal?: AbortSignal): Promise<string> {
  const path = `userdata/${encodeURIComponent(`${FOLDER}/${id}`)}`;
  const answer = await http.get(path, { limitBytes: LIMIT, ...(signal && { signal }) });
  if (answer.status === 404) throw gone(http, `a saved workflow "${id}"`);
  if (answer.status !== 200) throw statusError(http.address.url, answer.status, "");
  return new TextDecoder().decode(answer.bytes);
}

/** What ran on the server last, newest first; our own pictures are left out. */
export async function listRuns(http: ComfyHttp, signal?: AbortSignal): Promise<StoredWorkflow[]> {
  const all = await readRuns(http, `history?max_items=${MOST_RUNS}`, signal);
  const runs = Object.entries(all).filter(([, { prompt }]) => !isOurs(prompt[2]));
  return runs
    .map(([id, { prompt, status }]) => ({
      kind: "run" as const,
      id,
      name: nameOf(prompt[2]),
      at: startOf(status),
    }))
    .toSorted((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
}

/** The graph of a prompt that ran, as text in API format. */
export async function readRun(http: ComfyHttp, id: string, signal?: AbortSignal): Promise<string> {
  const all = await readRuns(http, `history/${encodeURIComponent(id)}`, signal);
  const graph = Object.hasOwn(all, id) ? all[id]?.prompt[2] : undefined;
  if (graph === undefined) throw gone(http, `a run "${id}"`);
  return JSON.stringify(graph);
}

const readRuns = (http: ComfyHttp, path: string, signal?: AbortSignal) =>
  getJson(http, { path, schema: entries, ...(signal && { signal }) });

const isOurs = (graph: unknown): boolean =>
  JSON.stringify(graph ?? null).includes('"filename_prefix":"shotboard/');

/** What a run is told by: the title of its picture, or its model file, and how large it is. */
function nameOf(graph: unknown): string {
  const { success, data } = titled.safeParse(graph);
  if (!success) return "A run";
  const nodes = Object.values(data);
  const save = nodes.find((node) => /save|preview/i.test(node.class_type));
  return `${save?._meta?.title ?? save?.class_type ?? "A run"}, ${nodes.length} nodes`;
}

function startOf(status: unknown): Date | null {
  const { data } = startMessages.safeParse(status);
  const start = stamped.safeParse(data?.messages.find(([type]) => type === "execution_start")?.[1]);
  return start.success ? new Date(start.data.timestamp) : null;
}

const gone = (http: ComfyHttp, what: string) =>
  new ComfyError("file_gone", "permanent", `ComfyUI at ${http.address.url} has no longer ${what}.`, {
    remedy: "Open the list again.",
  });

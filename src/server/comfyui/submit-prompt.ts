import { z } from "zod";
import type { Graph } from "@/server/workflow/graph";
import type { ComfyHttp } from "./http";
import { hasNodeErrors, refusalError } from "./refusal-error";
import { notComfyError, statusError } from "./status-error";
import type { Timings } from "./timings";

const accepted = z.object({ prompt_id: z.string().min(1) });

export interface PromptToPost {
  graph: Graph;
  promptId: string;
  clientId: string;
  /** Written into the picture's text chunks by ComfyUI. */
  workflow?: unknown;
}

/** How ComfyUI answered a post that did not fail on the way. */
export type PostAnswer = { promptId: string; refusal: unknown };

/**
 * Posts a prompt. The id in the answer counts: older servers choose their own. `refusal` is the answer's body
 * when the prompt was accepted with faults (200 with node errors), else null. A refused prompt throws.
 */
export async function postPrompt(
  http: ComfyHttp,
  timings: Timings,
  prompt: PromptToPost,
  signal?: AbortSignal,
): Promise<PostAnswer> {
  const extra = prompt.workflow === undefined ? {} : { extra_pnginfo: { workflow: prompt.workflow } };
  const body = JSON.stringify({
    prompt: prompt.graph,
    client_id: prompt.clientId,
    prompt_id: prompt.promptId,
    extra_data: { preview_method: "auto", ...extra },
  });
  const answer = await http.post("prompt", body, { signal, timeoutMs: timings.submitTimeoutMs });
  const { url } = http.address;
  if (answer.status !== 200 && answer.status !== 400) {
    throw statusError(url, answer.status, new TextDecoder().decode(answer.bytes.subarray(0, 500)));
  }
  const json = http.json(answer);
  if (answer.status === 400) throw refusalError(json, prompt.graph);
  const parsed = accepted.safeParse(json);
  if (parsed.success) return { promptId: parsed.data.prompt_id, refusal: hasNodeErrors(json) ? json : null };
  if (hasNodeErrors(json)) throw refusalError(json, prompt.graph);
  throw notComfyError(url, "it took the prompt without naming it", json);
}

import { randomUUID } from "node:crypto";
import type { Graph } from "@/server/workflow/graph";
import { checkPrompt, refuse, type NodeErrors } from "./check-prompt";
import { bare, fieldsOf, internalError, json, jsonBody, type Answer, type DemoRequest } from "./http";
import { queueEntry } from "./prompt-queue";
import type { Studio } from "./studio";

const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `POST /prompt`. With `ignoresIds` it answers ids of its own, as servers did before they took the client's. */
export function postPrompt(studio: Studio, request: DemoRequest, ignoresIds: boolean): Answer {
  const parsed = jsonBody(request);
  // ComfyUI does not catch a body that is no JSON object, nor a prompt that is none.
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return internalError;
  const body = fieldsOf(parsed);
  const number =
    typeof body["number"] === "number" ? body["number"] : ownNumber(studio, body["front"] === true);
  if (body["prompt"] === undefined)
    return json(refuse("no_prompt", "No prompt provided", "No prompt provided"), 400);
  const graph = graphOf(body["prompt"]);
  if (!graph) return internalError;

  const wished = ignoresIds ? undefined : body["prompt_id"];
  if (wished !== undefined && wished !== null && !canonicalUuid.test(String(wished))) {
    const details =
      "prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one";
    return json(refuse("invalid_prompt_id", "prompt_id must be a valid UUID", details), 400);
  }
  const refused = studio.faults.takeForPrompt("refuse_prompt", graph);
  if (refused) {
    const details = refused.message ?? "a custom check of the server said no";
    return json(refuse("prompt_outputs_failed_validation", "Prompt outputs failed validation", details), 400);
  }
  const verdict = checkPrompt(graph, studio.definitions, (name) => studio.uploads.has(name));
  if (!verdict.ok) return json(verdict.refusal, 400);

  const promptId = typeof wished === "string" ? wished : randomUUID();
  const nodeErrors = { ...verdict.nodeErrors, ...scriptedErrors(studio, graph) };
  const answer = json({ prompt_id: promptId, number, node_errors: nodeErrors });
  if (studio.faults.takeForPrompt("lost_prompt", graph)) return answer;
  const extraData = {
    ...fieldsOf(body["extra_data"]),
    ...(body["client_id"] === undefined ? {} : { client_id: body["client_id"] }),
    create_time: Date.now(),
  };
  studio.submit({ number, promptId, graph, extraData, outputs: verdict.outputs });
  return answer;
}

function ownNumber(studio: Studio, front: boolean): number {
  const number = front ? -studio.counter : studio.counter;
  studio.counter += 1;
  return number;
}

/** The prompt as a graph if it has the shape of one: objects with inputs. */
function graphOf(prompt: unknown): Graph | null {
  if (typeof prompt !== "object" || prompt === null || Array.isArray(prompt)) return null;
  const nodes = Object.values(prompt as Record<string, unknown>).map(fieldsOf);
  const isShaped = nodes.every(({ inputs }) => typeof inputs === "object" && inputs !== null);
  return isShaped ? (prompt as Graph) : null;
}

function scriptedErrors(studio: Studio, graph: Graph): Record<string, NodeErrors> {
  const fault = studio.faults.takeForPrompt("node_errors", graph);
  const [id, node] = Object.entries(graph)[0] ?? [];
  if (!fault || id === undefined || !node) return {};
  const error = {
    type: "custom_validation_failed",
    message: "Custom validation failed for node",
    details: fault.message ?? "a custom check of the node said no",
    extra_info: {},
  };
  return { [id]: { errors: [error], dependent_outputs: [], class_type: node.class_type } };
}

/** `GET /queue`. */
export function getQueue({ queue }: Studio): Answer {
  return json({
    queue_running: queue.running ? [queueEntry(queue.running)] : [],
    queue_pending: queue.pending.map(queueEntry),
  });
}

/** `POST /queue {delete: [ids]}` or `{clear: true}`: waiting prompts only. */
export function postQueue(studio: Studio, request: DemoRequest): Answer {
  const body = fieldsOf(jsonBody(request));
  const ids = Array.isArray(body["delete"]) ? body["delete"].map(String) : [];
  const removed = studio.queue.remove((item) => body["clear"] === true || ids.includes(item.promptId));
  if (removed) studio.tellStatus();
  return { status: 200 };
}

/** `POST /interrupt {prompt_id?}`. */
export function postInterrupt(studio: Studio, request: DemoRequest): Answer {
  const id = fieldsOf(jsonBody(request))["prompt_id"];
  studio.interrupt(typeof id === "string" && id ? id : undefined);
  return { status: 200 };
}

/** `GET /history/{id}`. */
export function getHistoryOf(studio: Studio, promptId: string): Answer {
  const entry = studio.queue.history(promptId);
  return json(entry ? { [promptId]: entry } : {});
}

/** `GET /history?max_items=`. */
export function getHistory(studio: Studio, request: DemoRequest): Answer {
  const max = request.query.get("max_items");
  if (max !== null && !/^-?\d+$/.test(max)) return internalError;
  const count = max === null || Number(max) < 0 ? Infinity : Number(max);
  return json(Object.fromEntries(studio.queue.newestHistory(count)));
}

/** `POST /history {clear | delete}`. */
export function postHistory(studio: Studio, request: DemoRequest): Answer {
  const body = fieldsOf(jsonBody(request));
  if (body["clear"] === true) studio.queue.forgetHistory();
  if (Array.isArray(body["delete"])) studio.queue.forgetHistory(body["delete"].map(String));
  return { status: 200 };
}

/** `GET /api/jobs/{id}`. */
export function getJob({ queue }: Studio, id: string): Answer {
  const live =
    queue.running?.promptId === id ? queue.running : queue.pending.find((item) => item.promptId === id);
  const past = queue.history(id);
  if (live) {
    const status = live === queue.running ? "in_progress" : "pending";
    return json({
      id,
      status,
      priority: live.number,
      create_time: live.extraData["create_time"],
      outputs_count: 0,
    });
  }
  if (!past) return json({ error: "Job not found" }, 404);
  const interrupted = past.status.messages.some(([type]) => type === "execution_interrupted");
  const status = past.status.completed ? "completed" : interrupted ? "cancelled" : "failed";
  const images = Object.values(past.outputs).flatMap((output) => output.images);
  return json({
    id,
    status,
    outputs_count: images.length,
    preview_output: images[0] ?? null,
    outputs: past.outputs,
    execution_status: past.status,
  });
}

/** `POST /api/jobs/{id}/cancel`: removes it if it waits, interrupts it if it runs. */
export function cancelJob(studio: Studio, id: string): Answer {
  const removed = studio.queue.remove((item) => item.promptId === id);
  if (removed) studio.tellStatus();
  return json({ cancelled: removed || studio.interrupt(id) });
}

export const notFound = bare(404, "Not Found");

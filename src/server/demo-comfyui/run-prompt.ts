import type { GraphNode } from "@/server/workflow/graph";
import { evaluateNode, samplingSteps } from "./evaluate-node";
import { NodeException } from "./execution-error";
import type { RunFaults } from "./fault";
import { signaturesOf, type NodeResult } from "./node-cache";
import type { NodeDefinition } from "./node-definitions";
import { NodeOrder } from "./node-order";
import { NodeInputs, type NodeValue } from "./node-values";
import { ProgressBoard } from "./progress-board";
import type { HistoryEntry, QueueItem } from "./prompt-queue";
import { AbandonedRun, InterruptedRun, type RunControl } from "./run-control";
import { sample } from "./sample";
import { saveImages } from "./save-images";
import type { Studio } from "./studio";

/** One prompt while it runs. */
export interface Run {
  studio: Studio;
  item: QueueItem;
  clientId: string | null;
  control: RunControl;
  faults: RunFaults;
  board: ProgressBoard;
  /** Sends to the client that submitted, if it told who it is. */
  tell: (type: string, data: Record<string, unknown>) => void;
}

/**
 * Runs one prompt as ComfyUI does, from `execution_start` to `execution_success`, `_error` or `_interrupted`, and
 * answers what history will say. Throws `AbandonedRun` when the server is taken away under it.
 */
export async function runPrompt(studio: Studio, item: QueueItem, control: RunControl): Promise<HistoryEntry> {
  const { promptId, graph } = item;
  const clientId = typeof item.extraData["client_id"] === "string" ? item.extraData["client_id"] : null;
  const faults = studio.faults.takeForRun(graph);
  if (faults.has("silent_socket")) studio.sockets.silence(clientId);
  control.isDeaf = faults.has("deaf");
  const board = new ProgressBoard(promptId);
  const tell: Run["tell"] = (type, data) => {
    if (clientId !== null) studio.sockets.send(type, data, clientId);
  };
  const run: Run = { studio, item, clientId, control, faults, board, tell };

  const messages: HistoryEntry["status"]["messages"] = [];
  const announce = (type: string, data: Record<string, unknown>) => {
    const stamped = { ...data, timestamp: Date.now() };
    messages.push([type, stamped]);
    tell(type, stamped);
  };
  const outputs: HistoryEntry["outputs"] = {};
  const finish = (succeeded: boolean): HistoryEntry => ({
    prompt: [item.number, promptId, graph, item.extraData, item.outputs],
    outputs,
    status: { status_str: succeeded ? "success" : "error", completed: succeeded, messages },
    meta: Object.fromEntries(
      Object.keys(outputs).map((id) => [
        id,
        { node_id: id, display_node: id, parent_node: null, real_node_id: id },
      ]),
    ),
  });

  announce("execution_start", { prompt_id: promptId });
  const { uploads, definitions, cache } = studio;
  const signatures = signaturesOf(
    graph,
    (name) => uploads.hashOf(name),
    (classType) => {
      const hidden = definitions.find(classType)?.input.hidden;
      return typeof hidden === "object" && hidden !== null && "unique_id" in hidden;
    },
  );
  cache.keepOnly(signatures.values());
  const cached = (id: string) => cache.find(signatures.get(id) ?? "");
  const isCachedAtStart = new Set(Object.keys(graph).filter((id) => cached(id)));
  announce("execution_cached", { nodes: [...isCachedAtStart], prompt_id: promptId });

  const isOutput = (id: string) => definitions.find(graph[id]?.class_type ?? "")?.output_node === true;
  const order = new NodeOrder(graph, isOutput, (id) => isCachedAtStart.has(id), item.outputs);
  const executed: string[] = [];
  for (let id = order.next(); id !== null; id = order.next()) {
    const node = graph[id];
    const definition = node && definitions.find(node.class_type);
    if (!node || !definition) throw new Error(`The checks let a prompt pass whose node ${id} is unknown`);
    try {
      const known = cached(id);
      const result = known ?? (await runNode(run, id, node, definition, cached));
      if (known) tell("executed", { node: id, display_node: id, output: known.ui, prompt_id: promptId });
      else cache.keep(signatures.get(id) ?? "", result);
      // Without a client id ComfyUI does not report what came from its cache.
      if (result.ui && (!known || clientId !== null) && !faults.has("empty_outputs")) outputs[id] = result.ui;
      if (!known) executed.push(id);
      board.finish(id);
      tell("progress_state", board.data());
      order.done(id);
    } catch (error) {
      if (error instanceof AbandonedRun) throw error;
      const where = { prompt_id: promptId, node_id: id, node_type: node.class_type, executed };
      if (error instanceof InterruptedRun) announce("execution_interrupted", where);
      else announce("execution_error", { ...where, ...describe(error), ...state(node, Object.keys(graph)) });
      studio.runningNode = null;
      return finish(false);
    }
  }
  studio.runningNode = null;
  announce("execution_success", { prompt_id: promptId });
  return finish(true);
}

async function runNode(
  run: Run,
  id: string,
  node: GraphNode,
  definition: NodeDefinition,
  resultOf: (id: string) => NodeResult | undefined,
): Promise<NodeResult> {
  const { studio, item, board, control, tell } = run;
  board.set(id, { value: 0, max: 1, state: "running" });
  tell("progress_state", board.data());
  studio.runningNode = id;
  tell("executing", { node: id, display_node: id, prompt_id: item.promptId });
  control.check({ atNodeEnd: true });

  const links = new Map<string, NodeValue>();
  for (const [name, value] of Object.entries(node.inputs)) {
    if (!Array.isArray(value)) continue;
    links.set(name, resultOf(String(value[0]))?.outputs[Number(value[1])] ?? { type: "opaque" });
  }
  const inputs = new NodeInputs(node.inputs, links);
  const outputs = evaluateNode(node, definition, inputs, (name) => studio.uploads.load(name));
  const steps = samplingSteps(node, inputs);
  if (steps !== null) await sample(run, id, steps, outputs[0]);
  else await control.pass(studio.loadMs(node.class_type), studio.gate, -1);
  control.check({ atNodeEnd: true });
  const ui = definition.output_node ? await saveImages(run, node, inputs) : null;
  if (ui && !run.faults.has("empty_outputs")) {
    const output = run.faults.has("executed_null") ? null : ui;
    tell("executed", { node: id, display_node: id, output, prompt_id: item.promptId });
  }
  return { outputs, ui };
}

function describe(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : String(error);
  const type = error instanceof NodeException ? error.exceptionType : "Exception";
  return { exception_message: message, exception_type: type, traceback: [`  ${type}: ${message}\n`] };
}

function state(node: GraphNode, allIds: string[]): Record<string, unknown> {
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, value]) => [
      name,
      [Array.isArray(value) ? "tensor([...])" : String(value)],
    ]),
  );
  return { current_inputs: inputs, current_outputs: allIds };
}

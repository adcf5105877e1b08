import type { Graph } from "@/server/workflow/graph";
import type { ComfyMessage } from "./messages";
import { nodeRole, roleWeight } from "./node-roles";
import type { NodeRole } from "./node-roles";

/** How far an image is. */
export interface Progress {
  /** 0…99 and never falling; 100 is for the one who has stored the picture. */
  percent: number;
  /** What happens now, for the user: `sampling 5/8`. */
  step: string;
}

/** What happens to a prompt, for judging how long a silence is too long. */
export type Phase = "waiting" | "loading" | "sampling" | "over";

export interface ProgressState extends Progress {
  readonly phase: Phase;
  /** The roles of the nodes that have to run; those taken from cache are left out. */
  readonly roles: ReadonlyMap<string, NodeRole>;
  /** How much of a node is done, 0…1. */
  readonly done: ReadonlyMap<string, number>;
  readonly runningNode: string | null;
}

export const waitingStep = "waiting in ComfyUI";

/** The progress of a prompt of which nothing is known yet. */
export function startProgress(graph: Graph): ProgressState {
  const roles = new Map(Object.entries(graph).map(([id, node]) => [id, nodeRole(node.class_type)]));
  return { percent: 0, step: waitingStep, phase: "waiting", roles, done: new Map(), runningNode: null };
}

/** The progress after one more message of this prompt. Pure: the state given is left as it is. */
export function advanceProgress(state: ProgressState, message: ComfyMessage): ProgressState {
  if (state.phase === "over") return state;
  switch (message.type) {
    case "execution_start":
      return { ...state, step: "starting", phase: "loading" };
    case "execution_cached": {
      const cached = new Set(message.data.nodes);
      return {
        ...state,
        phase: "loading",
        roles: new Map([...state.roles].filter(([id]) => !cached.has(id))),
      };
    }
    case "executing": {
      const { node, display_node } = message.data;
      if (node === null) return finish(state);
      const id = known(state, node, display_node);
      // Nodes run one after another: when the next begins, the one before has ended.
      const before =
        state.runningNode === null || state.runningNode === id ? [] : [[state.runningNode, 1] as const];
      return show(state, id, before, null);
    }
    case "progress": {
      const { node, value, max } = message.data;
      const id = node ?? state.runningNode;
      if (id === null) return state;
      return show(state, id, [[id, share(value, max)]], { value, max });
    }
    case "progress_state":
      return advanceAll(state, message.data.nodes);
    case "executed":
      return show(
        state,
        state.runningNode,
        [[known(state, message.data.node, message.data.display_node), 1]],
        null,
      );
    case "execution_success":
      return finish(state);
    case "execution_error":
    case "execution_interrupted":
      return { ...state, phase: "over" };
    case "status":
      return state;
  }
}

interface Steps {
  value: number;
  max: number;
}

type NodeStates = Extract<ComfyMessage, { type: "progress_state" }>["data"]["nodes"];

function advanceAll(state: ProgressState, nodes: NodeStates): ProgressState {
  const changes: [string, number][] = [];
  let running: string | null = null;
  let steps: Steps | null = null;
  for (const [node, { state: nodeState, value, max, display_node_id }] of Object.entries(nodes)) {
    const id = known(state, node, display_node_id);
    const isFinished = nodeState === "finished";
    // A node that another one was expanded into tells nothing about the whole of it.
    if (id === node) changes.push([id, isFinished ? 1 : share(value, max)]);
    if (isFinished) continue;
    running = id;
    steps = max > 1 ? { value, max } : null;
  }
  return show(state, running ?? state.runningNode, changes, steps);
}

function show(
  state: ProgressState,
  node: string | null,
  changes: readonly (readonly [string, number])[],
  steps: Steps | null,
): ProgressState {
  const done = new Map(state.done);
  for (const [id, share_] of changes) done.set(id, Math.max(share_, done.get(id) ?? 0));
  const next = { ...state, done, runningNode: node };
  const role = node === null ? undefined : state.roles.get(node);
  // `executed` and the like come between two steps and do not change what is shown.
  const isSameNode = node === state.runningNode && steps === null && state.phase !== "waiting";
  const step = isSameNode ? state.step : stepText(next, role, steps);
  return {
    ...next,
    step,
    phase: isSameNode ? state.phase : phaseOf(state.phase, role, steps),
    percent: percentOf(next),
  };
}

function stepText(state: ProgressState, role: NodeRole | undefined, steps: Steps | null): string {
  const count = steps && steps.value > 0 ? ` ${steps.value}/${steps.max}` : "";
  switch (role) {
    case "load":
      return "loading model";
    case "text":
      return "reading the prompt";
    case "prepare":
      return "preparing";
    case "sample":
      // The model moves to the GPU before the first step.
      return count ? `sampling${count}${whichSampler(state)}` : "preparing to sample";
    case "decode":
      return `decoding${count}`;
    case "upscale":
      return `upscaling${count}`;
    case "save":
      return "saving";
    default:
      return `working${count}`;
  }
}

/** ` (2 of 3)` where the graph has several samplers. */
function whichSampler(state: ProgressState): string {
  const samplers = [...state.roles].filter(([, role]) => role === "sample").map(([id]) => id);
  if (samplers.length < 2) return "";
  const begun = samplers.filter((id) => id === state.runningNode || state.done.has(id)).length;
  return ` (${begun} of ${samplers.length})`;
}

function phaseOf(before: Phase, role: NodeRole | undefined, steps: Steps | null): Phase {
  if (role === "sample") return steps && steps.value > 0 ? "sampling" : "loading";
  if (role === "load") return "loading";
  return before === "sampling" ? "sampling" : "loading";
}

function percentOf(state: ProgressState): number {
  let all = 0;
  let done = 0;
  for (const [id, role] of state.roles) {
    all += roleWeight[role];
    done += roleWeight[role] * (state.done.get(id) ?? 0);
  }
  const percent = all === 0 ? 0 : Math.floor((99 * done) / all);
  return Math.min(99, Math.max(state.percent, percent));
}

function finish(state: ProgressState): ProgressState {
  return { ...state, step: "finishing", phase: "over", percent: 99, runningNode: null };
}

/** The node of our graph that a message is about: itself, or the one it was expanded from. */
function known(state: ProgressState, node: string, displayNode: string | null | undefined): string {
  return state.roles.has(node) || displayNode == null ? node : displayNode;
}

function share(value: number, max: number): number {
  return max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
}

import type { Graph } from "@/server/workflow/graph";

/** What a prompt can be made to suffer while it runs. */
export type RunFaultKind =
  /** The sampler throws a RuntimeError. */
  | "execution_error"
  /** The sampler runs out of GPU memory. */
  | "oom"
  /** The GPU itself fails: nothing works until a real ComfyUI would be started again. */
  | "cuda_error"
  /** SaveImage finds no room on ComfyUI's disk. */
  | "disk_full"
  /** Success, but history and socket name no picture. */
  | "empty_outputs"
  /** `executed` of the save node carries `output: null`; history is right. */
  | "executed_null"
  /** The client's socket stays open and says nothing more, from the start of this prompt on. */
  | "silent_socket"
  /** All sockets are cut after `afterStep` steps; the prompt goes on. */
  | "cut_sockets"
  /** ComfyUI dies after `afterStep` steps: sockets cut, port closed, all forgotten until `restart()`. */
  | "crash"
  /** The prompt stands still after `afterStep` steps until `release()` or an interrupt. */
  | "stall"
  /** An interrupt is heard only when the sampler is through, as during a long step. */
  | "deaf"
  /** `/view` gives a PNG that breaks off in the middle of its pixels. */
  | "broken_picture"
  /** `/view` gives text where a picture should be. */
  | "not_a_picture"
  /** `/view` gives a file without a byte in it, as a full disk leaves it. */
  | "empty_picture"
  /** The file is gone when it is asked for: `/view` gives 404. */
  | "picture_gone"
  /** The picture has half the width and height that was asked for. */
  | "other_size";

/** What a request can be made to suffer. */
export type RequestFaultKind =
  /** `POST /prompt` is refused by ComfyUI's checks. */
  | "refuse_prompt"
  /** `POST /prompt` is accepted with an error at one of its nodes (`node_errors` not empty). */
  | "node_errors"
  /** `POST /prompt` is answered as usual, but neither queue nor history ever know the prompt. */
  | "lost_prompt"
  /** The request gets a 500 in plain text. */
  | "http_500"
  /** The answer comes `ms` later. */
  | "slow_answer"
  /** The answer never comes: the connection stays open. `GET /ws` is the WebSocket's handshake. */
  | "no_answer"
  /** A web page comes instead, as of a proxy, with `status`. */
  | "html"
  /** Head and half of the body come, then nothing: the connection stays open. */
  | "half_answer"
  /** The body comes piece by piece within `ms`, filled up to `fillTo` bytes of JSON. */
  | "slow_body"
  /** ComfyUI restarts instead of answering: the connection is cut, queue and history are gone. */
  | "restart_before"
  /** ComfyUI restarts right after the answer, before anything else happens. */
  | "restart_after";

/** A scripted failure. Without `match` and `path` it meets whatever comes next. */
export interface Fault {
  kind: RunFaultKind | RequestFaultKind;
  /** How often it strikes; 1 unless told, `Infinity` for always. */
  times?: number;
  /** Which prompts it strikes; for requests other than `POST /prompt` it is not asked. */
  match?: (graph: Graph) => boolean;
  /** The number of sampling steps that are done before it strikes; 1 unless told. */
  afterStep?: number;
  /** Faults of requests but those of `POST /prompt` alone: which requests, as `METHOD /path` or its beginning; `POST /prompt` unless told. */
  path?: string;
  /** `slow_answer`, `slow_body`: milliseconds, 300 unless told. */
  ms?: number;
  /** `html`: 200 unless told. */
  status?: number;
  /** `slow_body`: the least size of the body, which must be a JSON object with something in it. */
  fillTo?: number;
  /** `execution_error`, `oom`, `cuda_error`, `refuse_prompt`: the message in place of the usual one. */
  message?: string;
}

const runKinds: readonly RunFaultKind[] = [
  "execution_error",
  "oom",
  "cuda_error",
  "disk_full",
  "empty_outputs",
  "executed_null",
  "silent_socket",
  "cut_sockets",
  "crash",
  "stall",
  "deaf",
  "broken_picture",
  "not_a_picture",
  "empty_picture",
  "picture_gone",
  "other_size",
];

/** Faults that any request may meet. */
type AnyRequestFault = Exclude<RequestFaultKind, "refuse_prompt" | "node_errors" | "lost_prompt">;

/** The faults that struck one prompt, by kind. */
export type RunFaults = ReadonlyMap<Fault["kind"], Fault>;

/** The scripted faults that are still to strike. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes one strike of each kind that is meant for a prompt that starts now. */
  takeForRun(graph: Graph): RunFaults {
    const taken = new Map<Fault["kind"], Fault>();
    for (const kind of runKinds) {
      const fault = this.#take(kind, (it) => it.match?.(graph) ?? true);
      if (fault) taken.set(kind, fault);
    }
    return taken;
  }

  /** Takes one strike of that kind meant for a prompt that arrives now. */
  takeForPrompt(kind: "refuse_prompt" | "node_errors" | "lost_prompt", graph: Graph): Fault | undefined {
    return this.#take(kind, (it) => it.match?.(graph) ?? true);
  }

  /** Takes one strike of that kind meant for a request, `request` being `METHOD /path`. */
  takeForRequest(kind: AnyRequestFault, request: string): Fault | undefined {
    return this.#take(kind, (it) => request.startsWith(it.path ?? "POST /prompt"));
  }

  #take(kind: Fault["kind"], meant: (fault: Fault) => boolean): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => fault.kind === kind && meant(fault));
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}

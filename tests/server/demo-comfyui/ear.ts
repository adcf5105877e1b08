import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import type { Graph, GraphNode } from "@/server/workflow/graph";
import type { DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";

/** A message as the recorder of the traces wrote it down. */
export interface Heard {
  type?: string;
  data?: Record<string, unknown>;
  binary?: boolean;
  event?: number;
  bytes?: Buffer;
}

/** A client that hears all that its socket says. */
export class Ear {
  readonly heard: Heard[] = [];
  readonly #waiting: { isDue: (heard: readonly Heard[]) => boolean; resolve: () => void }[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer, isBinary) => {
      this.heard.push(
        isBinary
          ? { binary: true, event: data.readUInt32BE(0), bytes: data }
          : (JSON.parse(data.toString()) as Heard),
      );
      for (const it of this.#waiting.splice(0)) {
        if (it.isDue(this.heard)) it.resolve();
        else this.#waiting.push(it);
      }
    });
  }

  /** Connects and waits for the greeting. */
  static async open(demo: DemoComfyUI, clientId: string, firstMessage?: unknown): Promise<Ear> {
    const ear = new Ear(new WebSocket(`${demo.url.replace("http", "ws")}/ws?clientId=${clientId}`));
    await ear.until((heard) => heard.length > 0);
    if (firstMessage !== undefined) {
      ear.socket.send(JSON.stringify(firstMessage));
      await ear.until((heard) => heard.some(({ type }) => type === "feature_flags"));
    }
    return ear;
  }

  until(isDue: (heard: readonly Heard[]) => boolean): Promise<void> {
    if (isDue(this.heard)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isDue, resolve }));
  }

  /** Waits until `count` prompts of this client are over. */
  over(count = 1): Promise<void> {
    return this.until(
      (heard) => heard.filter((it) => it.type === "executing" && it.data?.["node"] === null).length >= count,
    );
  }

  /** What was heard, in words that can be compared with a trace. */
  story(): string[] {
    return this.heard.map(tell);
  }

  closed(): Promise<void> {
    return new Promise((resolve) => this.socket.once("close", () => resolve()));
  }
}

/** A message without what differs from run to run: ids, times, bytes. */
export function tell(message: Heard): string {
  const data = message.data ?? {};
  if (message.binary) return `binary ${message.event}`;
  switch (message.type) {
    case "progress_state": {
      const nodes = Object.entries(
        data["nodes"] as Record<string, { state: string; value: number; max: number }>,
      );
      return `progress_state ${nodes.map(([id, it]) => `${id}:${it.state} ${it.value}/${it.max}`).join(", ")}`;
    }
    case "status":
      return `status ${JSON.stringify(data["status"])}`;
    case "executing":
      return `executing ${String(data["node"])}`;
    case "execution_cached":
      return `execution_cached ${JSON.stringify(data["nodes"])}`;
    case "progress":
      return `progress ${String(data["node"])} ${String(data["value"])}/${String(data["max"])}`;
    case "executed":
      return `executed ${String(data["node"])} ${data["output"] === null ? "null" : "output"}`;
    case "execution_interrupted":
      return `execution_interrupted ${String(data["node_id"])} ${JSON.stringify(data["executed"])}`;
    default:
      return String(message.type);
  }
}

export interface Trace {
  request: { prompt: Record<string, GraphNode>; client_id: string; prompt_id?: string };
  response: { status: number; body: Record<string, unknown> };
  messages: Heard[];
  history: Record<string, { status: { messages: [string, Record<string, unknown>][] } }>;
}

export function trace(name: string): Trace {
  const file = new URL(`../../fixtures/comfyui/traces/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Trace;
}

/** The recorded text-to-image graph with another text, seed, prefix, or number of steps. */
export function textToImage(
  change: { text?: string; seed?: number; prefix?: string; steps?: number } = {},
): Graph {
  const graph = structuredClone(trace("t2i-first").request.prompt);
  const set = (id: string, input: string, value: unknown) => {
    const node = graph[id];
    if (node && value !== undefined) node.inputs[input] = value;
  };
  set("57:27", "text", change.text);
  set("57:3", "seed", change.seed);
  set("57:3", "steps", change.steps);
  set("9", "filename_prefix", change.prefix);
  return graph;
}

export async function post(
  demo: DemoComfyUI,
  path: string,
  body: unknown,
): Promise<{ status: number; body: string }> {
  const response = await fetch(demo.url + path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.text() };
}

/** Submits a graph and answers its id. */
export async function submit(
  demo: DemoComfyUI,
  graph: Graph,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await post(demo, "/prompt", { prompt: graph, client_id: "me", ...more });
  if (answer.status !== 200) throw new Error(answer.body);
  return (JSON.parse(answer.body) as { prompt_id: string }).prompt_id;
}

export async function get<T>(demo: DemoComfyUI, path: string): Promise<T> {
  const response = await fetch(demo.url + path);
  return (await response.json()) as T;
}

export interface History {
  outputs: Record<string, { images: { filename: string; subfolder: string; type: string }[] }>;
  status: { status_str: string; completed: boolean; messages: [string, Record<string, unknown>][] };
}

export async function historyOf(demo: DemoComfyUI, id: string): Promise<History | undefined> {
  return (await get<Record<string, History>>(demo, `/history/${id}`))[id];
}

/** The bytes of the first picture of a prompt. */
export async function pictureOf(demo: DemoComfyUI, id: string): Promise<{ status: number; bytes: Buffer }> {
  const [output] = Object.values((await historyOf(demo, id))?.outputs ?? {});
  const image = output?.images[0];
  const response = await fetch(`${demo.url}/view?${new URLSearchParams({ ...image }).toString()}`);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

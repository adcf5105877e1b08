import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

export interface Recorded {
  method: string;
  /** Without the leading slash, with its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: unknown;
}

export interface Ear {
  clientId: string;
  headers: IncomingHttpHeaders;
  received: string[];
  socket: WebSocket;
}

type Handler = (request: Recorded) => Reply | Promise<Reply>;

/** ComfyUI's doors over real HTTP and WebSocket, answering what a test has put in; it renders nothing. */
export class FakeComfy {
  readonly requests: Recorded[] = [];
  /** Every connection there ever was, in order. */
  readonly ears: Ear[] = [];
  readonly queue = { running: [] as string[], pending: [] as string[] };
  readonly history = new Map<string, unknown>();
  /** Answers by "METHOD path", the path's beginning is enough; the longest one wins. */
  readonly handlers = new Map<string, Handler>();
  /** The WebSocket's handshake waits for this. */
  gate: Promise<void> = Promise.resolve();
  url = "";
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets: WebSocketServer;
  readonly #streams = new Set<Socket>();
  readonly #watchers = new Set<() => void>();

  private constructor(options: { autoPong?: boolean }) {
    this.#sockets = new WebSocketServer({ noServer: true, autoPong: options.autoPong ?? true });
    this.#server.on("connection", (stream) => {
      this.#streams.add(stream);
      stream.on("close", () => this.#streams.delete(stream));
    });
    this.#server.on("upgrade", (request, stream, head) => {
      void this.gate.then(() =>
        this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#greet(request, socket)),
      );
    });
  }

  static async start(options: { port?: number; autoPong?: boolean } = {}): Promise<FakeComfy> {
    const fake = new FakeComfy(options);
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, "127.0.0.1", resolve));
    fake.url = `http://127.0.0.1:${fake.port}`;
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Dies at once, as a killed server does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const stream of this.#streams) stream.destroy();
    });
  }

  on(door: string, handler: Handler | Reply): void {
    this.handlers.set(door, typeof handler === "function" ? handler : () => handler);
  }

  count(door: string): number {
    return this.requests.filter((request) => `${request.method} ${request.path}`.startsWith(door)).length;
  }

  /** Resolves as soon as something the server sees makes the condition true. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  /** Sends to one connection: a Buffer as a binary frame, a string as it is, anything else as JSON. */
  send(message: unknown, ear = this.ears.at(-1)): void {
    const data = Buffer.isBuffer(message) || typeof message === "string" ? message : JSON.stringify(message);
    ear?.socket.send(data);
  }

  /** Resolves when the client has read everything sent to a connection so far: a pong comes after it. */
  async flush(ear = this.ears.at(-1)): Promise<void> {
    await new Promise<void>((resolve) => {
      ear?.socket.once("pong", () => resolve());
      ear?.socket.ping();
    });
  }

  finish(promptId: string, entry: unknown): void {
    this.queue.running = this.queue.running.filter((id) => id !== promptId);
    this.history.set(promptId, entry);
  }

  #greet(request: IncomingMessage, socket: WebSocket): void {
    const clientId = new URL(request.url ?? "/", this.url).searchParams.get("clientId") ?? "";
    const ear: Ear = { clientId, headers: request.headers, received: [], socket };
    this.ears.push(ear);
    socket.on("message", (data) => {
      ear.received.push(String(data));
      this.#look();
    });
    socket.on("close", () => this.#look());
    this.#look();
  }

  #look(): void {
    for (const look of this.#watchers) look();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const recorded: Recorded = {
      method: request.method ?? "",
      path: (request.url ?? "").slice(1),
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    this.requests.push(recorded);
    this.#look();
    const door = `${recorded.method} ${recorded.path}`;
    const best = [...this.handlers.keys()]
      .filter((key) => door.startsWith(key))
      .toSorted((a, b) => b.length - a.length)[0];
    const handler = best === undefined ? undefined : this.handlers.get(best);
    const { status = 200, headers = {}, body } = (await handler?.(recorded)) ?? this.#usual(recorded);
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    response.writeHead(status, { "content-type": isRaw ? "text/plain" : "application/json", ...headers });
    response.end(isRaw ? body : JSON.stringify(body ?? {}));
  }

  #usual({ method, path, body }: Recorded): Reply {
    const [, first, second] = /^([^/?]*)\/?([^?]*)/.exec(path) ?? [];
    if (method === "GET" && first === "history" && second) {
      const entry = this.history.get(second);
      return { body: entry ? { [second]: entry } : {} };
    }
    if (method === "GET" && first === "queue") {
      const item = (id: string, number: number): unknown[] => [number, id, {}, {}, []];
      return {
        body: { queue_running: this.queue.running.map(item), queue_pending: this.queue.pending.map(item) },
      };
    }
    if (method === "POST" && first === "queue") {
      const { delete: ids } = JSON.parse(String(body)) as { delete: string[] };
      this.queue.pending = this.queue.pending.filter((id) => !ids.includes(id));
      return {};
    }
    if (method === "POST" && first === "prompt") {
      const { prompt_id } = JSON.parse(String(body)) as { prompt_id: string };
      this.queue.running.push(prompt_id);
      return { body: { prompt_id, number: 1, node_errors: {} } };
    }
    return { status: 404, body: "404: Not Found" };
  }
}

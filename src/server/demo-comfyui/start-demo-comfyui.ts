import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocketServer } from "ws";
import type { Fault } from "./fault";
import { internalError, isForeign, readRequest, send } from "./http";
import type { Milestone } from "./milestones";
import type { ModelFolder } from "./node-definitions";
import { Painter } from "./painter";
import { PlainArtist } from "./plain-artist";
import { answer, tooLarge } from "./routes";
import { proxyPage, sendFaulty } from "./send-faulty";
import { Studio, type ReceivedPrompt } from "./studio";
import type { Upload } from "./uploads";

export interface DemoComfyUIOptions {
  /** 0 (the default) takes a free one. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** Milliseconds a sampling step takes; about a second a picture (90) unless told, tests take 0. */
  stepMs?: number;
  /** Model files in ComfyUI's folders; the recorded server's unless told. */
  files?: Partial<Record<ModelFolder, string[]>>;
  /** Node classes that are not installed. */
  missingClasses?: readonly string[];
  /** Texts of the workflows that its user saved, by their paths. */
  workflows?: Readonly<Record<string, string>>;
  faults?: readonly Fault[];
  /** False: plain pictures of the right size at next to no cost. */
  paint?: boolean;
  /** An older ComfyUI: it gives prompts ids of its own and has no `/api/jobs`. */
  isOld?: boolean;
}

/** A running stand-in. All but `url`, `port` and `close` is for tests. */
export interface DemoComfyUI {
  readonly url: string;
  readonly port: number;
  /** Every prompt that was accepted, in order of arrival, also from before a restart. */
  readonly prompts: readonly ReceivedPrompt[];
  readonly uploads: readonly Upload[];
  /** Ids of the prompts that an interrupt hit. */
  readonly interrupts: readonly string[];
  /** How often it was asked to free memory. */
  readonly frees: number;
  /** The most prompts that were ever in the queue at once, waiting and running. */
  readonly maxPending: number;
  addFault(fault: Fault): void;
  clearFaults(): void;
  setFiles(folder: ModelFolder, files: readonly string[]): void;
  /** Queue and history are lost as after a restart, sockets cut; the port stays open. */
  forget(): void;
  dropSockets(): void;
  /** Running prompts go no further than that many sampling steps (0 unless told) until `release()` or an interrupt. */
  pause(afterStep?: number): void;
  release(): void;
  /** Waits until the n-th prompt since the start reached that point (1 unless told), and answers that prompt. */
  waitFor(event: Milestone, n?: number): Promise<ReceivedPrompt>;
  /** Dies: port closed, sockets cut, queue and history lost. */
  stop(): Promise<void>;
  /** Comes back empty on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in that speaks ComfyUI's protocol over real HTTP and WebSocket and paints instead of rendering.
 * Rejects where the port cannot be had.
 */
export async function startDemoComfyUI(options: DemoComfyUIOptions = {}): Promise<DemoComfyUI> {
  const {
    host = "127.0.0.1",
    stepMs = 90,
    files,
    missingClasses,
    faults = [],
    paint = true,
    isOld = false,
  } = options;
  let port = options.port ?? 0;
  let server: Server | null = null;
  /** WebSockets whose handshake is never answered. */
  const held = new Set<Duplex>();
  const studio = new Studio({
    artist: paint ? new Painter() : new PlainArtist(),
    stepMs,
    files,
    missingClasses,
    ...(options.workflows && { workflows: options.workflows }),
    crash: () => void stop(),
  });
  for (const fault of faults) studio.faults.add(fault);

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isForeign(incoming.headers)) return send(response, { status: 403 });
    const request = await readRequest(incoming);
    if (!request) return send(response, tooLarge);
    const what = `${request.method} ${request.path}`;
    const { faults: scripted } = studio;
    if (scripted.takeForRequest("no_answer", what)) return;
    const slow = scripted.takeForRequest("slow_answer", what);
    if (slow) await delay(slow.ms ?? 300);
    if (scripted.takeForRequest("restart_before", what)) {
      studio.forget();
      response.destroy();
      return;
    }
    if (scripted.takeForRequest("http_500", what)) return send(response, internalError);
    const page = scripted.takeForRequest("html", what);
    if (page) return send(response, proxyPage(page));
    const answered = await answer(studio, request, { isOld });
    const faulty = scripted.takeForRequest("half_answer", what) ?? scripted.takeForRequest("slow_body", what);
    if (faulty) return sendFaulty(response, answered, faulty);
    send(response, answered);
    if (scripted.takeForRequest("restart_after", what)) studio.forget();
  };

  const start = async (): Promise<void> => {
    const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    const starting = createServer((incoming, response) => {
      handle(incoming, response).catch(() => {
        if (response.headersSent) response.destroy();
        else send(response, internalError);
      });
    });
    starting.on("upgrade", (incoming, socket, head) => {
      const url = URL.parse(incoming.url ?? "/", "http://demo");
      if (isForeign(incoming.headers))
        return socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
      if (studio.faults.takeForRequest("no_answer", "GET /ws")) return void held.add(socket);
      if (url?.pathname !== "/ws" && url?.pathname !== "/api/ws") return socket.destroy();
      webSockets.handleUpgrade(incoming, socket, head, (webSocket) => {
        const clientId = url.searchParams.get("clientId");
        const isRunning = clientId !== null && studio.queue.running?.extraData["client_id"] === clientId;
        const runningNode = isRunning ? studio.runningNode : null;
        studio.sockets.connect(webSocket, clientId, { queueRemaining: studio.queue.remaining, runningNode });
      });
    });
    starting.listen(port, host);
    await once(starting, "listening");
    port = (starting.address() as AddressInfo).port;
    server = starting;
  };

  const stop = async (): Promise<void> => {
    const stopping = server;
    server = null;
    studio.forget();
    if (!stopping) return;
    const closed = once(stopping, "close");
    stopping.close();
    stopping.closeAllConnections();
    for (const socket of held) socket.destroy();
    held.clear();
    await closed;
  };

  await start();
  return {
    get url() {
      return `http://${host}:${port}`;
    },
    get port() {
      return port;
    },
    prompts: studio.prompts,
    uploads: studio.uploads.received,
    interrupts: studio.interrupts,
    get frees() {
      return studio.frees;
    },
    get maxPending() {
      return studio.queue.maxPending;
    },
    addFault: (fault) => studio.faults.add(fault),
    clearFaults: () => studio.faults.clear(),
    setFiles: (folder, names) => {
      studio.definitions.files[folder] = [...names];
    },
    forget: () => studio.forget(),
    dropSockets: () => studio.sockets.cut(),
    pause: (afterStep) => studio.gate.close(afterStep),
    release: () => studio.gate.open(),
    waitFor: async (event, n = 1) => {
      const promptId = await studio.milestones.waitFor(event, n);
      const received = studio.prompts.findLast((it) => it.promptId === promptId);
      if (!received) throw new Error(`No prompt ${promptId} was received`);
      return received;
    },
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    close: stop,
  };
}

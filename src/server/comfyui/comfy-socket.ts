import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { RawData } from "ws";
import { Bell } from "./bell";
import { lookUpAllowed } from "./forbidden-address";
import { parseFrame } from "./frames";
import type { PreviewFrame } from "./frames";
import type { Logger } from "./log";
import { parseMessage } from "./messages";
import type { ComfyMessage } from "./messages";
import type { ServerAddress } from "./server-address";
import type { Timings } from "./timings";

const maxMessageBytes = 64 * 1024 * 1024;

interface SocketOptions {
  address: ServerAddress;
  timings: Timings;
  log: Logger;
  onMessage(message: ComfyMessage): void;
  onPreview(frame: PreviewFrame): void;
  /** The connection ended; messages of prompts posted under its client id come to nobody now. */
  onDrop(): void;
  /** It is open again after it had been open before. */
  onReopen(): void;
}

/** A WebSocket to ComfyUI that opens itself again, under a new client id each time, until it is closed. */
export interface ComfySocket {
  /** The id of the connection that is open or being opened. */
  readonly clientId: string;
  /** Waits until it is open, at most `ms`; false if it is not. A wait for the next try is cut short. */
  whenOpen(ms: number, signal?: AbortSignal): Promise<boolean>;
  close(): void;
}

export function openComfySocket(options: SocketOptions): ComfySocket {
  const { address, timings, log } = options;
  const opened = new Bell();
  let clientId = "";
  let socket: WebSocket | null = null;
  let isOpen = false;
  let isClosed = false;
  let wasOpen = false;
  let failures = 0;
  let nextTry: NodeJS.Timeout | null = null;

  function connect(): void {
    nextTry = null;
    // ComfyUI may drop the newer of two sockets with one id when the older one dies, hence a new id each time.
    clientId = randomUUID();
    const how = {
      headers: address.headers,
      perMessageDeflate: false,
      maxPayload: maxMessageBytes,
      handshakeTimeout: timings.requestTimeoutMs,
      followRedirects: false,
      lookup: lookUpAllowed,
    };
    const mine = new WebSocket(address.socket(clientId), how);
    socket = mine;
    let aliveAt = Date.now();
    let heartbeat: NodeJS.Timeout | null = null;
    mine.on("open", () => {
      mine.send(JSON.stringify({ type: "feature_flags", data: { supports_preview_metadata: true } }));
      isOpen = true;
      failures = 0;
      aliveAt = Date.now();
      heartbeat = setInterval(() => {
        if (Date.now() - aliveAt > timings.deadSocketMs) mine.terminate();
        else mine.ping();
      }, timings.pingMs);
      heartbeat.unref();
      opened.ring();
      if (wasOpen) options.onReopen();
      wasOpen = true;
    });
    mine.on("message", (data, isBinary) => {
      aliveAt = Date.now();
      receive(data, isBinary);
    });
    mine.on("pong", () => (aliveAt = Date.now()));
    mine.on("error", (error) =>
      log.debug("ComfyUI's WebSocket failed.", { url: address.url, error: error.message }),
    );
    mine.on("close", () => {
      if (heartbeat) clearInterval(heartbeat);
      if (socket !== mine) return;
      const hasDropped = isOpen;
      isOpen = false;
      socket = null;
      if (hasDropped) options.onDrop();
      if (!isClosed) scheduleNext();
    });
  }

  function receive(data: RawData, isBinary: boolean): void {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Array.isArray(data)
        ? Buffer.concat(data)
        : Buffer.from(data);
    if (isBinary) {
      const frame = parseFrame(bytes);
      if (frame) options.onPreview(frame);
      return;
    }
    const message = parseMessage(bytes.toString("utf8"));
    if (message) options.onMessage(message);
  }

  function scheduleNext(): void {
    const ceiling = Math.min(timings.reconnectMaxMs, timings.reconnectMinMs * 2 ** Math.min(failures, 20));
    failures += 1;
    // Half of it at random, so that the lanes of one server do not come back in step.
    nextTry = setTimeout(connect, ceiling * (0.5 + Math.random() / 2));
    nextTry.unref();
  }

  connect();
  return {
    get clientId() {
      return clientId;
    },
    async whenOpen(ms, signal) {
      signal?.throwIfAborted();
      if (isOpen || isClosed) return isOpen;
      if (nextTry) {
        clearTimeout(nextTry);
        connect();
      }
      const deadline = Date.now() + ms;
      while (!isOpen && Date.now() < deadline) await opened.wait(deadline - Date.now(), signal);
      return isOpen;
    },
    close() {
      isClosed = true;
      if (nextTry) clearTimeout(nextTry);
      const last = socket;
      last?.close(1000);
      setTimeout(() => last?.terminate(), 1_000).unref();
    },
  };
}

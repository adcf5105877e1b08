import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";

interface Client {
  socket: WebSocket;
  wantsPreviewMetadata: boolean;
  /** Set by a fault: the socket stays open and says nothing more. */
  isSilent: boolean;
}

/** Which client hears what: the server's table of sockets by client id, with its traps. */
export class SocketTable {
  readonly #clients = new Map<string, Client>();
  readonly #open = new Set<WebSocket>();

  /** @param features what `GET /features` says: the answer to a client's own feature flags */
  constructor(readonly features: Record<string, unknown>) {}

  /**
   * Takes a new socket. A second socket of the same client id takes the first one's place in the table; when the
   * FIRST one closes later, its entry is removed by id and the second one hears nothing more. ComfyUI does that.
   */
  connect(
    socket: WebSocket,
    clientId: string | null,
    greet: { queueRemaining: number; runningNode: string | null },
  ): void {
    const id = clientId || randomUUID().replaceAll("-", "");
    const client: Client = { socket, wantsPreviewMetadata: false, isSilent: false };
    this.#clients.set(id, client);
    this.#open.add(socket);
    this.send("status", { status: { exec_info: { queue_remaining: greet.queueRemaining } }, sid: id }, id);
    if (greet.runningNode !== null) this.send("executing", { node: greet.runningNode }, id);
    let isFirst = true;
    socket.on("message", (data, isBinary) => {
      if (isBinary) return;
      const flags = isFirst ? featureFlagsIn(String(data)) : null;
      isFirst = false;
      if (!flags) return;
      client.wantsPreviewMetadata = flags["supports_preview_metadata"] === true;
      this.send("feature_flags", this.features, id);
    });
    socket.on("close", () => {
      this.#open.delete(socket);
      this.#clients.delete(id);
    });
    socket.on("error", () => socket.terminate());
  }

  /** Sends a message to one client, or to all where `clientId` is null. */
  send(type: string, data: unknown, clientId: string | null): void {
    const text = JSON.stringify({ type, data });
    for (const client of this.#addressed(clientId)) client.socket.send(text);
  }

  /** What kind of previews a client gets: `none` also where nobody listens. */
  previewKind(clientId: string | null): "none" | "plain" | "metadata" {
    const [client] = clientId === null ? [] : this.#addressed(clientId);
    if (!client) return "none";
    return client.wantsPreviewMetadata ? "metadata" : "plain";
  }

  sendBinary(bytes: Buffer, clientId: string | null): void {
    for (const client of this.#addressed(clientId)) client.socket.send(bytes);
  }

  /** From now on this client's present socket says nothing, though it stays open. */
  silence(clientId: string | null): void {
    for (const client of this.#addressed(clientId)) client.isSilent = true;
  }

  /** Cuts all sockets without a goodbye. */
  cut(): void {
    for (const socket of this.#open) socket.terminate();
  }

  #addressed(clientId: string | null): Client[] {
    const one = clientId === null ? undefined : this.#clients.get(clientId);
    const all = clientId === null ? [...this.#clients.values()] : one ? [one] : [];
    return all.filter(({ socket, isSilent }) => !isSilent && socket.readyState === socket.OPEN);
  }
}

function featureFlagsIn(text: string): Record<string, unknown> | null {
  try {
    const message = JSON.parse(text) as { type?: unknown; data?: unknown } | null;
    if (message?.type !== "feature_flags") return null;
    return typeof message.data === "object" && message.data !== null
      ? (message.data as Record<string, unknown>)
      : {};
  } catch {
    return null;
  }
}

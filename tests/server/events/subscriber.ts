import { once } from "node:events";
import { WebSocket } from "ws";
import type { ProjectEvent } from "@/lib/schemas/events";

export interface Received {
  id: string;
  event: ProjectEvent;
}

export interface Subscriber {
  /** Everything that came over this connection. */
  readonly received: Received[];
  /** Resolves with the first event, already there or yet to come, that fits. */
  until(fits: (received: Received) => boolean): Promise<Received>;
  /** The refusal, where the server refuses. */
  readonly refused: Promise<Record<string, unknown>>;
  /** Reads nothing more from the connection, and reads on. */
  stall(): void;
  readOn(): void;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Ends the subscription, and resolves when the server has confirmed it. */
  stop(): Promise<void>;
}

/** Subscribes to a project in tRPC's own words over a plain WebSocket, as a client of another language would. */
export async function subscribe(url: string, projectId: string, lastEventId?: string): Promise<Subscriber> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/trpc`);
  await once(socket, "open");
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const refused = Promise.withResolvers<Record<string, unknown>>();
  const stopped = Promise.withResolvers<void>();
  socket.on("error", () => {});
  socket.on("message", (bytes: Buffer) => {
    const text = bytes.toString();
    if (text === "PING") return socket.send("PONG");
    const message = JSON.parse(text) as {
      error?: Record<string, unknown>;
      result?: { type: string; data: { id: string; data: ProjectEvent } };
    };
    if (message.error) refused.resolve(message.error);
    if (message.result?.type === "stopped") stopped.resolve();
    if (message.result?.type !== "data") return;
    received.push({ id: message.result.data.id, event: message.result.data.data });
    for (const look of waiting) look();
  });
  const params = {
    path: "events.onProject",
    input: { projectId },
    ...(lastEventId !== undefined && { lastEventId }),
  };
  socket.send(JSON.stringify({ id: 1, jsonrpc: "2.0", method: "subscription", params }));
  return {
    received,
    refused: refused.promise,
    until: (fits) =>
      new Promise((resolve) => {
        let seen = 0;
        const look = () => {
          for (; seen < received.length; seen += 1) {
            if (!fits(received[seen]!)) continue;
            waiting.delete(look);
            return resolve(received[seen]!);
          }
        };
        waiting.add(look);
        look();
      }),
    stall: () => socket.pause(),
    readOn: () => socket.resume(),
    cut: () => socket.terminate(),
    stop: async () => {
      socket.send(JSON.stringify({ id: 1, jsonrpc: "2.0", method: "subscription.stop" }));
      await stopped.promise;
      socket.terminate();
    },
  };
}

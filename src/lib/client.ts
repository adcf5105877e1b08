import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/router";
import { fastCloseWebSocket } from "./fast-close-websocket";
import { isPosted } from "./posted-calls";

export interface ShotboardClientOptions {
  /** Where Shotboard runs: `http://127.0.0.1:3000`. */
  url: string;
  /** The server's ACCESS_TOKEN, where one is set. */
  token?: string;
}

/** Shotboard's API, typed: `client.image.generate.mutate({ projectId })`. */
export type ShotboardClient = TRPCClient<AppRouter> & {
  /** Closes the connection of subscriptions; without any it closes by itself. */
  close(): Promise<void>;
};

/** ms before a cut connection is tried again: short at first, never longer than five seconds. */
const retryDelayMs = (attempt: number) => Math.min(200 * 2 ** attempt, 5_000);

/**
 * A client for other programs, in Node (22 or later) and browsers. Queries and mutations go over HTTP,
 * subscriptions over a WebSocket that is opened with the first one and resumes after a cut without loss.
 * Errors are `TRPCClientError`s whose `data` has `code`, `httpStatus`, `reason`, `field` and `remedy`.
 * @throws TypeError where `url` is no http(s) address
 */
export function createShotboardClient({ url, token }: ShotboardClientOptions): ShotboardClient {
  const base = new URL(url);
  if (!/^https?:$/.test(base.protocol))
    throw new TypeError(`Expected an http or https address, got "${url}".`);
  const endpoint = `${base.href.replace(/\/+$/, "")}/api/trpc`;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = createWSClient({
    url: endpoint.replace(/^http/, "ws"),
    WebSocket: fastCloseWebSocket(WebSocket),
    ...(token !== undefined && { connectionParams: { token } }),
    lazy: { enabled: true, closeMs: 1_000 },
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 2_000 },
    retryDelayMs,
  });
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: splitLink({
          condition: isPosted,
          true: httpLink({ url: endpoint, headers, methodOverride: "POST" }),
          false: httpLink({ url: endpoint, headers }),
        }),
      }),
    ],
  });
  return new Proxy(client, {
    get: (target, name, receiver) =>
      name === "close" ? () => socket.close() : Reflect.get(target, name, receiver),
  }) as ShotboardClient;
}

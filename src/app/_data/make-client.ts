import { createTRPCClient, createWSClient, httpBatchLink, httpLink, splitLink, wsLink } from "@trpc/client";
import { fastCloseWebSocket } from "@/lib/fast-close-websocket";
import { isPosted } from "@/lib/posted-calls";
import type { AppRouter } from "@/server/trpc/router";

const PATH = "/api/trpc";

/** Queries and mutations over HTTP, events over one WebSocket, which opens with the first of them. */
export function makeClient() {
  const socket = createWSClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${PATH}`,
    WebSocket: fastCloseWebSocket(WebSocket),
    lazy: { enabled: true, closeMs: 1_000 },
    retryDelayMs: (attempt) => Math.min(200 * 2 ** attempt, 3_000),
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 2_000 },
  });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (call) => call.type === "subscription",
        true: wsLink({ client: socket }),
        false: splitLink({
          condition: isPosted,
          true: httpLink({ url: PATH, methodOverride: "POST" }),
          false: httpBatchLink({ url: PATH, maxURLLength: 4_000, maxItems: 10 }),
        }),
      }),
    ],
  });
}

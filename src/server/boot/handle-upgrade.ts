import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { LIMITS } from "@/lib/limits";
import type { Access } from "@/server/http/access";
import type { ServiceContext } from "@/server/services/context";
import { appRouter } from "@/server/trpc/router";

/** Bytes that may wait in a connection before its subscriptions hold back. */
const CONGESTED = 256 * 1024;

export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells clients to come back, and closes their sockets. */
  close(): void;
}

/**
 * WebSocket connections: tRPC's, after the checks of Host and Origin, and in development the pages' hot reload.
 * Every other upgrade is destroyed.
 */
export function createUpgrades({
  services,
  access,
  hotReload,
}: {
  services: ServiceContext;
  access: Access;
  hotReload: EventEmitter | null;
}): Upgrades {
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.callBytes });
  const trpc = applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
    createContext: ({ req, res, info }) => ({
      services,
      isAllowed:
        access.isAllowed(req) ||
        (info.connectionParams?.token !== undefined && access.isToken(info.connectionParams.token)),
      isCongested: () => res.bufferedAmount > CONGESTED,
    }),
  });
  return {
    handle(request, socket, head) {
      const path = (request.url ?? "").split("?")[0]?.replace(/\/$/, "");
      if (path === "/api/trpc" && access.isOurHost(request) && access.isOurOrigin(request))
        wss.handleUpgrade(request, socket, head, (client) => wss.emit("connection", client, request));
      else if (hotReload && path?.startsWith("/_next/")) hotReload.emit("upgrade", request, socket, head);
      else socket.destroy();
    },
    close() {
      trpc.broadcastReconnectNotification();
      for (const client of wss.clients) client.close(1012, "Shotboard is restarting");
      setTimeout(() => {
        for (const client of wss.clients) client.terminate();
      }, 300).unref();
      wss.close();
    },
  };
}

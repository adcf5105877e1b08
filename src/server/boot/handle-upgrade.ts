import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Access } from "@/server/http/access";
import type { ServiceContext } from "@/server/services/context";
import { appRouter } from "@/server/trpc/router";
import type { DoorLimits } from "./door-limits";
import { watchStranger } from "./watch-stranger";

/** Bytes that may wait in a connection before its subscriptions hold back. */
const CONGESTED = 256 * 1024;
/** Close codes: the token is missing, and come again later. */
const POLICY = 1008;
const LATER = 1013;
/** Sockets beyond the limit that are still told so; what comes beyond these is destroyed. */
const TOLD = 100;

export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells clients to come back, and closes their sockets. */
  close(): void;
}

interface Options {
  services: ServiceContext;
  access: Access;
  limits: DoorLimits;
  /** Whether a request came over a connection too many. */
  isBeyond: (request: IncomingMessage) => boolean;
  hotReload: EventEmitter | null;
}

/**
 * WebSocket connections: tRPC's, after the checks of Host and Origin, and in development the pages' hot reload.
 * Every other upgrade is destroyed.
 */
export function createUpgrades({ services, access, limits, isBeyond, hotReload }: Options): Upgrades {
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.callBytes });
  const strangers = new Map<IncomingMessage, () => void>();
  const trpc = applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
    createContext: ({ req, res, info }) => {
      const token = info.connectionParams?.token;
      const byRequest = access.refusalOf(req);
      const refusal = byRequest && token !== undefined ? access.refusalOfToken(token, req) : byRequest;
      if (refusal === null) strangers.get(req)?.();
      return {
        services,
        refusal,
        isCongested: () => res.bufferedAmount > CONGESTED,
        openSubscription: countSubscriptions(limits.subscriptions),
      };
    },
  });

  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // One that showed no token yet gets little room, and not for long, so that they leave room for others.
    if (access.refusalOf(request) !== null) {
      if (strangers.size >= limits.strangers) return wss.handleUpgrade(request, socket, head, refuse);
      const stranger = watchStranger(socket, head.length, limits, () => strangers.delete(request));
      strangers.set(request, stranger.isKnown);
      wss.handleUpgrade(request, socket, head, (client) => {
        stranger.onLate(() => client.close(POLICY, "This Shotboard asks for its token."));
        wss.emit("connection", client, request);
      });
      return;
    }
    wss.handleUpgrade(request, socket, head, (client) => wss.emit("connection", client, request));
  }

  return {
    handle(request, socket, head) {
      const path = (request.url ?? "").split("?")[0]?.replace(/\/$/, "");
      const isOurs = access.isOurHost(request) && access.isOurOrigin(request) && !access.isForeign(request);
      if (isOurs && path === "/api/trpc" && !isBeyond(request)) {
        if (wss.clients.size < limits.webSockets) accept(request, socket, head);
        else if (wss.clients.size < limits.webSockets + TOLD)
          wss.handleUpgrade(request, socket, head, refuse);
        else socket.destroy();
      } else if (isOurs && hotReload && path?.startsWith("/_next/"))
        hotReload.emit("upgrade", request, socket, head);
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

/** Tells a WebSocket that there are too many, in the 123 bytes that there are for it. */
function refuse(client: WebSocket): void {
  client.on("error", () => client.terminate());
  client.close(
    LATER,
    "Too many WebSockets are open to this Shotboard. Close some, or try again in a moment.",
  );
}

/** Counts one connection's subscriptions. */
function countSubscriptions(most: number): () => () => void {
  let open = 0;
  return () => {
    if (open >= most)
      throw new ShotboardError(
        "TOO_MANY_REQUESTS",
        `This connection has ${most} subscriptions, which is as many as it may have.`,
        { reason: "too_many_subscriptions", remedy: "End some, or open another connection." },
      );
    open += 1;
    let isOpen = true;
    return () => {
      if (isOpen) open -= 1;
      isOpen = false;
    };
  };
}

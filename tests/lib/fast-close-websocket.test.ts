import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { fastCloseWebSocket } from "@/lib/fast-close-websocket";

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(["of today", "of Node 22, which has no CloseEvent"])(
  "on a half-open link a close is over after a second, and told once, with a runtime %s",
  async (runtime) => {
    if (runtime !== "of today") vi.stubGlobal("CloseEvent", undefined);
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    // The other side reads nothing any more, and so answers no close frame.
    server.on("connection", (client) => client.pause());
    const closes: { code: number; reason: string; wasClean: boolean }[] = [];
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const socket = new (fastCloseWebSocket(WebSocket))(url);
    socket.addEventListener("close", ({ code, reason, wasClean }) => closes.push({ code, reason, wasClean }));
    await once(socket, "open");
    const closed = once(socket, "close");
    socket.close();
    await closed;
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, "close");
    await vi.waitUntil(() => socket.readyState === WebSocket.CLOSED);
    expect(closes).toEqual([{ code: 4408, reason: "no answer", wasClean: false }]);
  },
);

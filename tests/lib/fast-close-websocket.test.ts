import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
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

test("a handshake that is never answered has failed after eight seconds, and told so once", async () => {
  // Takes connections and reads nothing.
  const taken: Socket[] = [];
  const silent = createServer((socket) => void taken.push(socket.pause()));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const told: string[] = [];
  const begun = performance.now();
  const socket = new (fastCloseWebSocket(WebSocket))(url);
  for (const event of ["open", "error", "close"]) socket.addEventListener(event, () => told.push(event));
  await once(socket, "close");
  expect(performance.now() - begun).toBeLessThan(12_000);
  expect(told).toEqual(["error", "close"]);
  // What the runtime says of it once the connection is gone comes too late.
  for (const one of taken) {
    const closed = once(one, "close");
    one.destroy();
    await closed;
  }
  expect(told).toEqual(["error", "close"]);
  silent.close();
});

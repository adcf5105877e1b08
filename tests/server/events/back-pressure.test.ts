import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { DOOR_LIMITS } from "@/server/boot/door-limits";
import { createUpgrades } from "@/server/boot/handle-upgrade";
import { Access } from "@/server/http/access";
import { startTestApp } from "../../support/test-app";
import { queueStatus } from "./sample-events";
import { subscribe } from "./subscriber";

const MB = 1024 * 1024;
/** Together more than any system keeps for a connection; soon sent, or the stalled client counts as gone. */
const EVENTS = 1_000;

test(
  "a client that stops reading does not make the server hold more than 1 MB for it, and gets the newest state when it reads on",
  { timeout: 120_000 },
  async () => {
    await using app = await startTestApp();
    const { services } = app.runtime;
    const access = new Access({ token: null, hosts: ["127.0.0.1"], publicOrigin: null });
    const upgrades = createUpgrades({
      services,
      access,
      limits: DOOR_LIMITS,
      isBeyond: () => false,
      hotReload: null,
    });
    const sockets: Duplex[] = [];
    const server = createServer();
    server.on("upgrade", (request, socket: Duplex, head) => {
      sockets.push(socket);
      upgrades.handle(request, socket, head);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const { projectId } = await app.project(1);
    const stalled = await subscribe(url, projectId);
    const lively = await subscribe(url, projectId);
    await Promise.all([stalled, lively].map((one) => one.until(({ event }) => event.type === "snapshot")));
    stalled.stall();
    const [held] = sockets as [Duplex];
    const lane = {
      url: "x",
      name: "x",
      state: "ready" as const,
      reason: "x".repeat(40_000),
      pause: null,
      retryAt: null,
      version: null,
      device: null,
      queueRemaining: null,
      vramTotal: null,
      vramFree: null,
      jobId: null,
    };
    let most = 0;
    for (let index = 1; index <= EVENTS; index += 1) {
      services.events.publish(projectId, { type: "queue", queue: { ...queueStatus(index), lanes: [lane] } });
      await turn();
      most = Math.max(most, held.writableLength);
    }
    const isLast = ({ event }: { event: { type: string; queue?: { queued: number } } }) =>
      event.type === "queue" && event.queue?.queued === EVENTS;
    await lively.until(isLast);
    expect(most).toBeGreaterThan(0.1 * MB);
    expect(most).toBeLessThan(MB);
    const got = stalled.received.length;
    stalled.readOn();
    await stalled.until(isLast);
    expect(got).toBeLessThan(stalled.received.length);
    expect(stalled.received.length).toBeLessThan(EVENTS / 2);

    stalled.cut();
    lively.cut();
    upgrades.close();
    server.close();
    await once(server, "close");
  },
);

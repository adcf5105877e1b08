import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import type { ProjectEvent } from "@/lib/schemas/events";
import { DOOR_LIMITS } from "@/server/boot/door-limits";
import { createUpgrades } from "@/server/boot/handle-upgrade";
import { Access } from "@/server/http/access";
import { startTestApp, type TestApp } from "../../support/test-app";
import { startWire } from "../../support/wire";
import { queueStatus } from "../events/sample-events";
import { subscribe } from "../events/subscriber";
import { small } from "../generation/patience";

const MB = 1024 * 1024;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

test(
  "a board whose connection is open and silent is dropped within 30 s; until then it holds little memory, and then none",
  { timeout: 90_000 },
  async () => {
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
    await using wire = await startWire(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { projectId } = await app.project(1, small);
    const board = await subscribe(wire.url, projectId);
    await board.until(({ event }) => event.type === "snapshot");
    const [held] = sockets as [Duplex];
    const log = services.events.logOf(projectId);
    expect(log.isFollowed).toBe(true);

    wire.silence();
    const fell = performance.now();
    let most = 0;
    const says = setInterval(() => {
      const lanes = [{ ...queueStatus(1).lanes[0]!, reason: "x".repeat(40_000) }];
      services.events.publish(projectId, { type: "queue", queue: { ...queueStatus(1), lanes } });
      most = Math.max(most, held.writableLength);
    }, 10);
    await once(held, "close");
    clearInterval(says);
    expect(performance.now() - fell).toBeLessThan(30_000);
    expect(most).toBeLessThan(MB);
    await expect.poll(() => log.isFollowed).toBe(false);
    expect(held.writableLength).toBe(0);

    board.cut();
    upgrades.close();
    server.close();
    await once(server, "close");
  },
);

test(
  "our client behind a black hole comes back by itself as soon as it is over, also where its next connection fell silent too, and has everything, once",
  { timeout: 90_000 },
  async () => {
    await using wire = await startWire(app.url);
    const client = createShotboardClient({ url: wire.url });
    const { projectId, sentenceIds } = await app.project(2, small);
    const events: ProjectEvent[] = [];
    let look = () => {};
    const until = (fits: (event: ProjectEvent) => boolean) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (events.some(fits)) resolve();
        };
        look();
      });
    client.events.onProject.subscribe(
      { projectId },
      {
        onData: ({ data }) => {
          events.push(data);
          look();
        },
      },
    );
    await until((event) => event.type === "snapshot");
    wire.silence();
    const connectionsBefore = wire.connections;
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    // It noticed the silence, tried again, and hears nothing there either.
    await expect.poll(() => wire.connections, { timeout: 20_000 }).toBeGreaterThan(connectionsBefore);
    wire.heal();
    const healed = performance.now();
    const isMade = (id: string) => (event: ProjectEvent) =>
      event.type === "sentence" && event.sentence.id === id && event.sentence.status === "completed";
    await until((event) => isMade(sentenceIds[1]!)(event) || isRight(event));
    expect(performance.now() - healed).toBeLessThan(15_000);
    for (const id of sentenceIds) expect(events.filter(isMade(id)).length).toBeLessThanOrEqual(1);
    expect(events.filter(isMade(sentenceIds[1]!))).toHaveLength(1);
    await client.close();

    function isRight(event: ProjectEvent): boolean {
      return event.type === "snapshot" && event.sentences.every((one) => one.status === "completed");
    }
  },
);

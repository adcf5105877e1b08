import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createShotboardClient } from "@/lib/client";
import { toFrame } from "./fuzz-raw";
import { between, type Random } from "./random";
import { startWatchedServer, type WatchedServer } from "./watched-server";

/** How long memory may take to come back, in ms. */
const PATIENCE = 60_000;

const KINDS = ["keepAlive", "halfOpen", "silentWebSocket", "subscribed", "stalled"] as const;

export interface SocketFigures {
  sockets: number;
  /** Bytes on the heap before, with all open, and once they were dropped. */
  heap: readonly [before: number, open: number, after: number];
  complaints: string[];
  hasEnded: boolean;
}

/**
 * Opens connections of every kind and drops them at random while a board changes: kept alive, half a request, WebSockets
 * with and without a subscription, and some that subscribe and never read.
 * @param rounds how often so many are opened and dropped
 */
export async function runSockets(
  random: Random,
  { sockets, rounds }: { sockets: number; rounds: number },
): Promise<SocketFigures> {
  await using server = await startWatchedServer();
  const { url } = server;
  const client = createShotboardClient({ url });
  const { id: projectId } = await client.project.create.mutate({
    name: "Sockets",
    sections: [
      {
        title: "One",
        sentences: Array.from({ length: 50 }, (_, index) => ({ text: `Shot number ${index + 1}.` })),
      },
    ],
  });
  const { sections } = await client.project.get.query({ projectId });
  const sentenceIds = sections.flatMap((section) => section.sentences.map((sentence) => sentence.id));
  const change = (turn: number) =>
    client.sentence.update.mutate({
      sentenceId: sentenceIds[turn % sentenceIds.length]!,
      imagePrompt: `${turn} ${"A long prompt. ".repeat(200)}`,
    });
  let opened = 0;
  let most = 0;
  const round = async (count: number) => {
    const open: Socket[] = [];
    for (let at = 0; at < count; at += 1) {
      open.push(await openOne(url, projectId, KINDS[between(random, 0, KINDS.length - 1)]!));
      opened += 1;
      if (at % 10 === 0) await change(at);
      // A third are dropped while others come.
      if (between(random, 1, 3) === 1) drop(random, open.splice(between(random, 0, open.length - 1), 1)[0]!);
    }
    for (let turn = 0; turn < 50; turn += 1) await change(turn);
    most = Math.max(most, (await server.memory()).heapUsed);
    for (const one of open) drop(random, one);
  };
  // What the first of everything loads is no leak.
  await round(Math.ceil(sockets / 5));
  const before = await settledHeap(server, Infinity);
  opened = most = 0;
  for (let turn = 0; turn < rounds; turn += 1) await round(sockets);
  const after = await settledHeap(server, before * 1.05);
  await client.close();
  return {
    sockets: opened,
    heap: [before, most, after],
    complaints: server.complaints(),
    hasEnded: server.hasEnded,
  };
}

/** The heap once it is no larger than wanted, or after a while. */
async function settledHeap(server: WatchedServer, wanted: number): Promise<number> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const { heapUsed } = await server.memory();
    if (heapUsed <= wanted && wanted !== Infinity) return heapUsed;
    if (performance.now() > until || wanted === Infinity) return heapUsed;
    await wait(1_000);
  }
}

async function openOne(url: string, projectId: string, kind: (typeof KINDS)[number]): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const answered = new Promise((resolve) => socket.once("data", resolve).once("close", resolve));
  if (kind === "halfOpen") {
    socket.write(`POST /api/v1/projects HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`);
    socket.write('Content-Length: 500\r\n\r\n{"name": ');
    return socket;
  }
  if (kind === "keepAlive") {
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await answered;
    return socket;
  }
  socket.write(
    `GET /api/trpc HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  await answered;
  if (kind === "silentWebSocket") return socket;
  const params = { path: "events.onProject", input: { projectId } };
  const payload = JSON.stringify({ id: 1, method: "subscription", params });
  socket.write(toFrame({ fin: true, reserved: 0, opcode: 1, isMasked: true, length: null, payload }));
  if (kind === "stalled") socket.pause();
  else socket.resume();
  return socket;
}

/** Politely, without a word, or with a reset. */
function drop(random: Random, socket: Socket): void {
  const how = between(random, 1, 3);
  if (how === 1) socket.end();
  if (how === 2) socket.destroy();
  if (how === 3) socket.resetAndDestroy();
  socket.resume();
  socket.destroySoon();
}

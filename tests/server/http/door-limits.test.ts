import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { callRest } from "../../support/api";
import { openSocket, parseAnswer } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";

const SAMPLE = "the-last-light";
const start = (limits: NonNullable<Parameters<typeof startTestApp>[0]>["limits"], env = {}) =>
  startTestApp({ comfy: { files: { loras: [] } }, limits: limits!, env });

/** A WebSocket, as far as it came. */
function openWebSocket({ url }: TestApp, headers: Record<string, string> = {}, query = "") {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/trpc${query}`, { headers });
  socket.on("error", () => {});
  const closed = once(socket, "close").then(([code, reason]) => ({
    code: code as number,
    reason: String(reason),
  }));
  return { socket, opened: once(socket, "open"), closed };
}

test("one connection too many is told so, a flood is dropped, and when some end others get in", async () => {
  await using app = await start({ connections: 20 });
  const sockets: Socket[] = [];
  const { host } = new URL(app.url);
  const ask = async (socket: Socket) => {
    const answered = Promise.race([once(socket, "data"), once(socket, "close")]) as Promise<[unknown]>;
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [chunk] = await answered;
    return Buffer.isBuffer(chunk) ? parseAnswer(chunk) : null;
  };
  for (let count = 0; count < 20; count += 1) {
    const socket = await openSocket(app.url);
    socket.on("error", () => {});
    sockets.push(socket);
    expect((await ask(socket))?.status).toBe(200);
  }
  const late = await openSocket(app.url);
  const refusal = await ask(late);
  expect(refusal).toMatchObject({ status: 503, headers: { connection: "close", "retry-after": "5" } });
  expect(JSON.parse(refusal!.body)).toMatchObject({
    error: {
      code: "SERVICE_UNAVAILABLE",
      reason: "too_many_connections",
      message: "Too many connections are open to this Shotboard.",
      remedy: "Close some, or try again in a moment.",
    },
  });
  const flood = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = await openSocket(app.url);
      socket.on("error", () => {}).resume();
      return socket;
    }),
  );
  // What is beyond those that are told so is dropped unasked.
  await vi.waitUntil(() => flood.filter((one) => one.destroyed).length >= 100, { timeout: 20_000 });
  for (const socket of [...flood, ...sockets.splice(0, 10)]) socket.destroy();
  await vi.waitUntil(
    async () => {
      const socket = await openSocket(app.url);
      socket.on("error", () => {});
      const answer = await ask(socket);
      socket.destroy();
      return answer?.status === 200;
    },
    { timeout: 20_000 },
  );
  for (const socket of sockets) socket.destroy();
});

test("one WebSocket too many is closed with 1013 and a sentence, and gets in when another ends", async () => {
  await using app = await start({ webSockets: 3 });
  const open = Array.from({ length: 3 }, () => openWebSocket(app));
  await Promise.all(open.map((one) => one.opened));
  expect(await openWebSocket(app).closed).toEqual({
    code: 1013,
    reason: "Too many WebSockets are open to this Shotboard. Close some, or try again in a moment.",
  });
  // HTTP is not held up by it.
  expect((await callRest(app, "GET", "/api/v1/queue")).status).toBe(200);
  open[0]!.socket.close();
  await open[0]!.closed;
  await vi.waitUntil(
    async () => {
      const next = openWebSocket(app);
      await next.opened;
      const isRefused = await Promise.race([
        next.closed.then(() => true),
        answerOf(next.socket, { method: "query", params: { path: "queue.status" } }).then(() => false),
      ]);
      next.socket.terminate();
      return !isRefused;
    },
    { timeout: 20_000 },
  );
  for (const { socket } of open) socket.terminate();
});

let lastId = 0;
/** What a WebSocket answers to a message first. */
function answerOf(socket: WebSocket, message: Record<string, unknown>): Promise<Record<string, unknown>> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    const hear = (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as { id: number };
      if (answer.id !== id) return;
      socket.off("message", hear);
      resolve({ ...answer });
    };
    socket.on("message", hear);
    socket.send(JSON.stringify({ id, ...message }));
  });
}

test("a connection has so many subscriptions and no more, until it ends one", async () => {
  await using app = await start({ subscriptions: 5 });
  const { socket, opened } = openWebSocket(app);
  await opened;
  const subscribe = () =>
    answerOf(socket, {
      method: "subscription",
      params: { path: "events.onProject", input: { projectId: SAMPLE } },
    });
  const started = { result: { type: "started" } };
  const ids: unknown[] = [];
  // One that is refused for another reason takes no room.
  for (let count = 0; count < 10; count += 1)
    expect(
      await answerOf(socket, {
        method: "subscription",
        params: { path: "events.onProject", input: { projectId: "nobody" } },
      }),
    ).toMatchObject({ error: { data: { httpStatus: 404 } } });
  for (let count = 0; count < 5; count += 1) {
    const answer = await subscribe();
    expect(answer).toMatchObject(started);
    ids.push(answer["id"]);
  }
  expect(await subscribe()).toMatchObject({
    error: {
      message: "This connection has 5 subscriptions, which is as many as it may have.",
      data: {
        code: "TOO_MANY_REQUESTS",
        httpStatus: 429,
        reason: "too_many_subscriptions",
        remedy: "End some, or open another connection.",
      },
    },
  });
  // Other calls on it go on.
  expect(await answerOf(socket, { method: "query", params: { path: "queue.status" } })).toMatchObject({
    result: { type: "data" },
  });
  const stopped = once(socket, "message");
  socket.send(JSON.stringify({ id: ids[0], method: "subscription.stop" }));
  await stopped;
  expect(await subscribe()).toMatchObject(started);
  // Another connection has room of its own.
  const other = openWebSocket(app);
  await other.opened;
  expect(
    await answerOf(other.socket, {
      method: "subscription",
      params: { path: "events.onProject", input: { projectId: SAMPLE } },
    }),
  ).toMatchObject(started);
  socket.terminate();
  other.socket.terminate();
});

test.each([
  ["so many at once", { uploads: 1 }, 1_000],
  ["so many bytes at once", { uploadBytes: 1_500 }, 1_000],
])("of uploads, %s are taken; one more is told to come again", async (_, limits, size) => {
  await using app = await start(limits);
  const path = "/api/v1/characters/mira-solberg/images";
  const { host } = new URL(app.url);
  const slow = await openSocket(app.url);
  slow.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/octet-stream\r\nContent-Length: ${size}\r\n\r\nx`,
  );
  const send = () =>
    fetch(app.url + path, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(size),
    });
  await vi.waitUntil(async () => (await send()).status === 503, { timeout: 20_000 });
  const refused = await send();
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await refused.json()).toMatchObject({
    error: { code: "SERVICE_UNAVAILABLE", reason: "too_many_uploads", remedy: expect.any(String) as string },
  });
  // Whoever breaks off gives the room back.
  slow.destroy();
  await vi.waitUntil(async () => (await send()).status === 400, { timeout: 20_000 });
});

test("a WebSocket that has not shown the token gets little room and little time", async () => {
  const env = { ACCESS_TOKEN: "a-long-random-word" };
  await using app = await start({ strangers: 2, strangerBytes: 1_000, strangerMs: 1_500 }, env);
  const greedy = openWebSocket(app, {}, "?connectionParams=1");
  await greedy.opened;
  greedy.socket.send("x".repeat(100_000));
  expect((await greedy.closed).code).toBe(1006);

  const silent = openWebSocket(app);
  await silent.opened;
  // Those that are known are not held up by a crowd of others.
  const crowd = [openWebSocket(app), openWebSocket(app)];
  const codes = await Promise.all(crowd.map(async ({ closed }) => (await closed).code));
  expect(codes.toSorted()).toEqual([1008, 1013]);
  expect(await silent.closed).toEqual({ code: 1008, reason: "This Shotboard asks for its token." });

  // Who shows it may then send as much as everybody.
  const known = openWebSocket(app, {}, "?connectionParams=1");
  await known.opened;
  known.socket.send(JSON.stringify({ method: "connectionParams", data: { token: "a-long-random-word" } }));
  const small = await answerOf(known.socket, { method: "query", params: { path: "queue.status" } });
  expect(small).toMatchObject({ result: { type: "data" } });
  const input = { name: "x".repeat(100_000) };
  expect(
    await answerOf(known.socket, { method: "mutation", params: { path: "project.create", input } }),
  ).toMatchObject({ error: { data: { field: "name" } } });
  const cookieless = openWebSocket(app, { authorization: "Bearer a-long-random-word" });
  await cookieless.opened;
  expect(
    await answerOf(cookieless.socket, { method: "mutation", params: { path: "project.create", input } }),
  ).toMatchObject({ error: { data: { field: "name" } } });
  known.socket.terminate();
  cookieless.socket.terminate();
});

import { connect } from "node:net";
import fc, { type Arbitrary } from "fast-check";
import PQueue from "p-queue";
import type { Offences } from "./offences";

/** How long an answer is waited for, in ms: much of this gets none until its sender is done, which it never is. */
const PATIENCE = 400;

const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some).toString("latin1"));
const token = fc.oneof(
  fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PRI"),
  bytes,
);
const target = fc.oneof(
  fc.constantFrom(
    "/",
    "*",
    "//",
    "/healthz",
    "/api/trpc/project.list",
    "/api/trpc/project.create",
    "/api/trpc/project.list,queue.status?batch=1",
    "/api/trpc/,,,?batch=1&input=%7B",
    "/api/trpc/__proto__",
    "/api/trpc/project.create?batch=1",
    "/api/v1/projects",
    "/api/login",
    "/_next/static/../../../package.json",
    "/_next/image?url=%2Fx&w=1&q=1",
    "/%",
    "/%00",
    "/projects/\u0000",
    "http://127.0.0.1/healthz",
    "http://example.invalid/",
    `/${"a".repeat(20_000)}`,
    `/${"/..".repeat(500)}/etc/passwd`,
  ),
  bytes.map((some) => `/${some}`),
);
const version = fc.oneof(
  { arbitrary: fc.constant("HTTP/1.1"), weight: 6 },
  {
    arbitrary: fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1\u0000", "", "http/1.1"),
    weight: 1,
  },
);
const header = fc.oneof(
  fc.constantFrom(
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 0x10",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding:\u000bchunked",
    "Content-Type: application/json",
    "Content-Type: application/json; charset=utf-16",
    "Content-Type: multipart/form-data; boundary=",
    "Content-Encoding: gzip",
    "Connection: close, keep-alive, Upgrade",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Range: bytes=9-1,-0",
    "If-None-Match: *",
    "Cookie: a=%; b=\u0000",
    "Authorization: Bearer \u00ff",
    "Origin: null",
    "Sec-Fetch-Site: cross-site",
    "trpc-accept: application/jsonl",
    "x-trpc-source: nextjs-react",
    "Host:",
    "Host: a\r\nHost: b",
    ": empty",
    "No colon",
    " folded: yes",
    `X-Long: ${"x".repeat(20_000)}`,
    Array.from({ length: 200 }, (_, at) => `X-${at}: 1`).join("\r\n"),
  ),
  fc.tuple(bytes, bytes).map(([name, value]) => `${name}: ${value}`),
);
const body = fc.oneof(
  fc.constantFrom(
    "",
    "hello",
    "{}",
    '{"0":{"name":"x"}}',
    "0\r\n\r\n",
    "5\r\nhello\r\n0\r\n\r\n",
    "5;ext=\u0000\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
    "ffffffffffffffffff\r\nx",
    "-1\r\nx\r\n",
    "zz\r\n\r\n",
  ),
  bytes,
);

/** Requests as nobody sends them: one or several in one go, whole or broken off. */
const request: Arbitrary<string> = fc
  .record({
    token,
    target,
    version,
    headers: fc.array(header, { maxLength: 5 }),
    body,
    hasHost: fc.boolean(),
  })
  .map((made) => {
    const headers = [...(made.hasHost ? ["Host: 127.0.0.1"] : []), ...made.headers];
    return `${made.token} ${made.target} ${made.version}\r\n${headers.map((one) => `${one}\r\n`).join("")}\r\n${made.body}`;
  });
const requests: Arbitrary<string> = fc.oneof(
  { arbitrary: request, weight: 6 },
  { arbitrary: fc.array(request, { minLength: 2, maxLength: 5 }).map((some) => some.join("")), weight: 2 },
  { arbitrary: fc.tuple(request, fc.nat(400)).map(([one, at]) => one.slice(0, at)), weight: 1 },
  { arbitrary: bytes, weight: 1 },
);

interface Frame {
  fin: boolean;
  reserved: number;
  opcode: number;
  isMasked: boolean;
  /** What the length field says; null for the truth. */
  length: number | null;
  payload: string;
}

/** A WebSocket frame, whatever its fields say. */
export function toFrame({ fin, reserved, opcode, isMasked, length, payload }: Frame): Buffer {
  const content = Buffer.from(payload, "utf8");
  const told = length ?? content.length;
  const field = told < 126 ? told : told < 65_536 ? 126 : 127;
  const wide = Buffer.alloc(field === 126 ? 2 : field === 127 ? 8 : 0);
  if (field === 126) wide.writeUInt16BE(told);
  if (field === 127) wide.writeBigUInt64BE(BigInt(told));
  const head = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode, (isMasked ? 0x80 : 0) | field]);
  // A mask of zeros masks nothing.
  return Buffer.concat([head, wide, isMasked ? Buffer.alloc(4) : Buffer.alloc(0), content]);
}

const message = fc.oneof(
  fc.constantFrom(
    "PING",
    "PONG",
    "",
    "{",
    "null",
    "[]",
    "[[[[]]]]",
    '{"id":1}',
    '{"id":null,"method":"query","params":{"path":"queue.status"}}',
    '{"id":1,"method":"query","params":{"path":"queue.status"}}',
    '{"id":1,"method":"subscription","params":{"path":"events.onProject","input":{"projectId":"none"}}}',
    '{"id":1,"method":"subscription","params":{"path":"events.onProject","input":null}}',
    '{"id":1,"method":"subscription.stop"}',
    '{"id":1,"method":"mutation","params":{"path":"__proto__.toString","input":{}}}',
    '{"id":1,"method":"nonsense","params":{}}',
    '{"id":1,"method":"query","params":{"path":1}}',
    '{"method":"connectionParams","data":{"token":1}}',
    '{"method":"connectionParams","data":null}',
    '{"id":1,"jsonrpc":"3.0","method":"query","params":{"path":"queue.status","lastEventId":{}}}',
    `{"id":"${"9".repeat(100_000)}","method":"query","params":{"path":"queue.status"}}`,
    `{"id":1e999,"method":"query","params":{"path":"queue.status"}}`,
    `[${Array.from({ length: 200 }, (_, id) => `{"id":${id},"method":"query","params":{"path":"queue.status"}}`).join()}]`,
    `${"[".repeat(20_000)}`,
  ),
  fc.json(),
  fc
    .record({
      id: fc.jsonValue({ maxDepth: 1 }),
      method: fc.constantFrom("query", "mutation", "subscription", "subscription.stop", "x"),
      params: fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.record({
          path: fc.constantFrom("queue.status", "project.list", "x"),
          input: fc.jsonValue({ maxDepth: 2 }),
        }),
      ),
    })
    .map((made) => JSON.stringify(made)),
);
const frame: Arbitrary<Frame> = fc.record({
  fin: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.boolean(), weight: 1 }),
  reserved: fc.oneof({ arbitrary: fc.constant(0), weight: 6 }, { arbitrary: fc.nat(7), weight: 1 }),
  opcode: fc.oneof(
    { arbitrary: fc.constantFrom(1, 1, 1, 2, 0, 8, 9, 10), weight: 6 },
    { arbitrary: fc.nat(15), weight: 1 },
  ),
  isMasked: fc.oneof({ arbitrary: fc.constant(true), weight: 6 }, { arbitrary: fc.boolean(), weight: 1 }),
  length: fc.oneof(
    { arbitrary: fc.constant(null), weight: 8 },
    { arbitrary: fc.constantFrom(0, 1, 125, 126, 65_535, 65_536, 2 ** 31, 2 ** 40, 2 ** 53 - 1), weight: 1 },
  ),
  payload: message,
});
const greeting = fc.oneof(
  {
    arbitrary: fc.constant("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"),
    weight: 8,
  },
  {
    arbitrary: fc.constantFrom(
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: ,,;=\u0001",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a,a",
    ),
    weight: 1,
  },
);
const conversation = fc.record({
  path: fc.constantFrom(
    "/api/trpc",
    "/api/trpc",
    "/api/trpc",
    "/api/trpc?connectionParams=1",
    "/",
    "/_next/x",
  ),
  greeting,
  frames: fc.array(frame, { maxLength: 8 }),
});

interface RawOptions {
  url: string;
  count: number;
  seed: number;
  offences: Offences;
}

/** Sends bytes that are no HTTP, or hardly. */
export async function fuzzHttp({ url, count, seed, offences }: RawOptions): Promise<void> {
  const all = fc.sample(requests, { numRuns: count, seed });
  await sendAll(
    url,
    all.map((text) => Buffer.from(text, "latin1")),
    offences,
    "raw HTTP",
  );
}

/** Opens WebSockets, or nearly, and sends frames that are none, or hardly. */
export async function fuzzWebSocket({ url, count, seed, offences }: RawOptions): Promise<void> {
  const { host } = new URL(url);
  const all = fc
    .sample(conversation, { numRuns: count, seed })
    .map((made) =>
      Buffer.concat([
        Buffer.from(
          `GET ${made.path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${made.greeting}\r\n\r\n`,
          "latin1",
        ),
        ...made.frames.map(toFrame),
      ]),
    );
  await sendAll(url, all, offences, "raw WebSocket");
}

async function sendAll(url: string, all: readonly Buffer[], offences: Offences, kind: string): Promise<void> {
  const queue = new PQueue({ concurrency: 24 });
  for (const some of all)
    void queue.add(async () => {
      const answer = await exchange(url, some);
      for (const [, status] of answer.matchAll(/^HTTP\/1\.\d (5\d\d)/gm))
        offences.add(`${kind} is answered ${status}`, some.toString("latin1"));
    });
  await queue.onIdle();
}

/** Sends bytes in two pieces and answers what came until the other side closed, or for a while. */
async function exchange(url: string, some: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => answer.push(chunk));
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const half = Math.floor(some.length / 2);
  socket.write(some.subarray(0, half));
  socket.write(some.subarray(half));
  const timer = setTimeout(() => socket.destroy(), PATIENCE);
  await closed;
  clearTimeout(timer);
  return Buffer.concat(answer).toString("latin1");
}

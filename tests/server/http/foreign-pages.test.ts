import { connect } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, openSocket, sendRaw } from "../../support/raw-http";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";

const SAMPLE = "the-last-light";
const PICTURE = "/media/characters/mira-solberg/mira-solberg-1";

let app: TestApp;
let before: unknown;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } }, env: { ALLOWED_HOSTS: "studio.local" } });
  before = await dumpDatabase(app.runtime.services.database);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const send = (method: string, path: string, headers: Record<string, string>, body = "") =>
  sendRaw(
    app.url,
    [
      `${method} ${path} HTTP/1.1`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ].join("\r\n"),
    body,
  );
const reasonOf = (body: string) => (JSON.parse(body) as { error: { reason: string } }).error.reason;

describe("what a page of another site or another port embeds or reads is refused", () => {
  const paths = [
    PICTURE,
    "/api/v1/projects",
    "/api/trpc/project.list",
    "/",
    "/_next/static/x.js",
    "/healthz",
  ];
  const kinds: [mode: string, dest: string][] = [
    ["no-cors", "image"],
    ["no-cors", "script"],
    ["no-cors", "style"],
    ["no-cors", "empty"],
    ["cors", "empty"],
    ["navigate", "iframe"],
    ["navigate", "object"],
    ["navigate", "embed"],
  ];
  test.each(["cross-site", "same-site"])("with sec-fetch-site: %s", async (site) => {
    for (const path of paths)
      for (const [mode, dest] of kinds) {
        const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest };
        const answer = await send("GET", path, headers);
        expect([path, dest, answer?.status]).toEqual([path, dest, 403]);
        expect(reasonOf(answer!.body)).toBe("site_not_allowed");
      }
  });

  test("but a link to us is followed, and our own pages and programs may do everything", async () => {
    const visit = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    for (const site of ["cross-site", "same-site", "none", "same-origin"])
      expect((await send("GET", PICTURE, { "sec-fetch-site": site, ...visit }))?.status).toBe(200);
    const form = { "sec-fetch-site": "cross-site", ...visit, "content-type": "application/json" };
    expect((await send("POST", `/api/v1/projects/${SAMPLE}/cancel`, form))?.status).toBe(403);
    const image = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" };
    expect((await send("GET", PICTURE, image))?.status).toBe(200);
    expect((await send("GET", PICTURE, {}))?.status).toBe(200);
  });
});

describe("an Origin is ours only as a whole", () => {
  const port = () => new URL(app.url).port;
  test.each<[string, () => string, () => string]>([
    ["another port", () => `127.0.0.1:${port()}`, () => "http://127.0.0.1:1"],
    ["another scheme", () => `127.0.0.1:${port()}`, () => `https://127.0.0.1:${port()}`],
    ["another of our names", () => `127.0.0.1:${port()}`, () => `http://localhost:${port()}`],
    ["no port", () => `127.0.0.1:${port()}`, () => "http://127.0.0.1"],
    ["a longer name", () => "studio.local", () => "http://studio.local.evil.example"],
    ["a path", () => "studio.local", () => "http://studio.local/"],
    ["null", () => "studio.local", () => "null"],
    ["nothing", () => "studio.local", () => ""],
  ])("%s is another site's", async (_, host, origin) => {
    const headers = { host: host(), origin: origin() };
    const write = await send("POST", `/api/v1/projects/${SAMPLE}/cancel`, headers);
    expect([write?.status, reasonOf(write!.body)]).toEqual([403, "origin_not_allowed"]);
  });

  test.each([
    ["studio.local", "http://studio.local"],
    ["studio.local:80", "http://studio.local"],
    ["Studio.Local:8080", "http://studio.local:8080"],
  ])("at %s, %s is ours", async (host, origin) => {
    expect((await send("POST", `/api/v1/projects/${SAMPLE}/cancel`, { host, origin }))?.status).toBe(200);
  });
});

test("behind https, the same name by http is another site's", async () => {
  const port = String(await freePort());
  await using _ = await startTestApp({
    comfy: { files: { loras: [] } },
    env: { PORT: port, PUBLIC_URL: "https://board.example.org" },
  });
  const address = `http://127.0.0.1:${port}`;
  const write = (host: string, origin: string) =>
    sendRaw(
      address,
      `POST /api/v1/projects/${SAMPLE}/cancel HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Length: 0`,
    );
  expect((await write("board.example.org", "https://board.example.org"))?.status).toBe(200);
  // As proxies that name the machine behind them ask.
  expect((await write("127.0.0.1:3000", "https://board.example.org"))?.status).toBe(200);
  expect((await write("board.example.org", "http://board.example.org"))?.status).toBe(403);
});

describe("a body", () => {
  const types = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "text/plain; application/json",
    "application/jsonp",
    "application/json-seq",
    "",
    null,
  ];
  const doors: [string, string, string][] = [
    ["REST", "POST", `/api/v1/projects/${SAMPLE}/generate-images`],
    ["REST", "PATCH", "/api/v1/sentences/x"],
    ["a download", "POST", `/api/v1/projects/${SAMPLE}/download`],
    ["an upload", "POST", "/api/v1/characters/mira-solberg/images"],
    ["tRPC", "POST", "/api/trpc/queue.pause"],
    ["tRPC with input", "POST", "/api/trpc/project.create"],
    ["a batch of tRPC", "POST", "/api/trpc/queue.pause?batch=1"],
    ["the login", "POST", "/api/login"],
  ];
  test.each(doors)("that another site's page may send is refused by %s: %s %s", async (_, method, path) => {
    for (const type of types) {
      const answer = await send(
        method,
        path,
        type === null ? {} : { "content-type": type },
        '--x\r\n{"a":1}',
      );
      expect([type, answer?.status]).toEqual([type, 415]);
    }
  });

  test("of such a type is refused also where it is empty; nothing at all is no body", async () => {
    const path = `/api/v1/projects/${SAMPLE}/cancel`;
    expect((await send("POST", path, { "content-type": "text/plain" }))?.status).toBe(415);
    expect((await send("POST", path, {}))?.status).toBe(200);
    const typed = { "content-type": "Application/JSON ; charset=utf-8" };
    expect((await send("POST", path, typed, "{}"))?.status).toBe(200);
  });

  test("is not taken by pages", async () => {
    for (const path of ["/", "/projects/x", "/login", "/_next/static/x.js"])
      expect((await send("POST", path, { "content-type": "application/json" }, "{}"))?.status).toBe(405);
  });
});

test("every answer says that nobody else may embed it, sniff its type or run anything in it", async () => {
  for (const [method, path] of [
    ["GET", "/healthz"],
    ["GET", "/healthz/ready"],
    ["GET", "/api/v1/projects"],
    ["GET", "/api/v1/openapi.json"],
    ["GET", "/api/v1/nothing"],
    ["GET", "/api/trpc/project.list"],
    ["GET", "/api/trpc/nothing"],
    ["GET", PICTURE],
    ["GET", `${PICTURE}?w=320`],
    ["GET", "/media/nothing"],
    ["GET", "/%"],
    ["POST", "/api/login"],
  ] as const) {
    const answer = await send(method, path, {});
    expect({ path, ...answer!.headers }).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "x-frame-options": "DENY",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    });
    expect(Object.keys(answer!.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
});

describe("an upgrade", () => {
  const upgrade = async (head: string[], rest = "") => {
    const socket = await openSocket(app.url);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => {});
    const closed = once(socket, "close");
    const { host } = new URL(app.url);
    socket.write(`${[...head, `Host: ${host}`, "Connection: Upgrade"].join("\r\n")}\r\n\r\n${rest}`);
    await closed;
    return Buffer.concat(chunks).toString("latin1").split("\r\n")[0];
  };
  const ws = [
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  test.each<[string, string[], string]>([
    ["to another path", ["GET /chat HTTP/1.1", ...ws], ""],
    ["to a whole address", ["GET http://169.254.169.254/api/trpc HTTP/1.1", ...ws], ""],
    ["to HTTP/2", ["GET / HTTP/1.1", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"], ""],
    ["to nothing known", ["GET / HTTP/1.1", "Upgrade: teleport"], ""],
    ["by another page", ["GET /api/trpc HTTP/1.1", ...ws, "Origin: null"], ""],
    ["by another port", ["GET /api/trpc HTTP/1.1", ...ws, "Sec-Fetch-Site: same-site"], ""],
    ["of hot reload", ["GET /_next/webpack-hmr HTTP/1.1", ...ws], ""],
    ["without a key", ["GET /api/trpc HTTP/1.1", ...ws.slice(0, 2)], "HTTP/1.1 400 Bad Request"],
    [
      "to tRPC of HTTP/2",
      ["GET /api/trpc HTTP/1.1", "Upgrade: h2c", ...ws.slice(1)],
      "HTTP/1.1 400 Bad Request",
    ],
    ["by POST", ["POST /api/trpc HTTP/1.1", ...ws], "HTTP/1.1 405 Method Not Allowed"],
  ])("%s is ended", async (_, head, answer) => {
    expect(await upgrade(head)).toBe(answer);
  });

  test("that goes on with junk is ended by the protocol, and others go on", async () => {
    const answer = await upgrade(
      ["GET /api/trpc HTTP/1.1", ...ws],
      "\xff\xff\xff\xff\xff\xff junk".repeat(20),
    );
    expect(answer).toBe("HTTP/1.1 101 Switching Protocols");
    for (const junk of [
      "\x16\x03\x01\x02\x00\x01\x00",
      "CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    ]) {
      const { port, hostname } = new URL(app.url);
      const socket = connect(Number(port), hostname);
      socket.on("error", () => {}).resume();
      socket.write(junk, "latin1");
      await once(socket, "close");
    }
    expect((await send("GET", "/healthz", {}))?.status).toBe(200);
  });
});

test("none of this changed anything or was logged", async () => {
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  expect(app.logged).toEqual([]);
});

import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { LIMITS } from "@/lib/limits";
import { callTrpc } from "../../support/api";
import { openSocket, parseAnswer, sendRaw } from "../../support/raw-http";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";

let app: TestApp;
let projectId: string;
let before: unknown;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
  ({ projectId } = await app.project(1));
  before = await dumpDatabase(app.runtime.services.database);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const errorOf = (body: string) =>
  (JSON.parse(body) as { error: { code?: string; field?: string | null; data?: object } }).error;

/** A WebSocket as a program without our client opens it. */
async function connect() {
  const raw = new WebSocket(`${app.url.replace("http", "ws")}/api/trpc`);
  raw.on("error", () => {});
  await once(raw, "open");
  return {
    raw,
    send: (path: string, input: unknown) =>
      raw.send(JSON.stringify({ id: 1, method: "mutation", params: { path, input } })),
    [Symbol.asyncDispose]: async () => {
      if (raw.readyState === WebSocket.CLOSED) return;
      raw.terminate();
      await once(raw, "close");
    },
  };
}

describe("an address", () => {
  test.each([
    ["with broken percent-encoding", "/api/v1/projects/%E0%A4%A"],
    ["with a lone percent sign", "/api/v1/projects/100%"],
    ["with an encoded NUL", "/api/v1/projects/a%00b"],
    ["with an encoded NUL in its query", "/media/characters/a/b?w=%00"],
    ["that is absolute", "http://localhost/api/v1/projects"],
    ["that is an asterisk", "*"],
    ["of media with broken percent-encoding", "/media/projects/%FF/images/a.png"],
    ["of a page with broken percent-encoding", "/projects/%C0%AF"],
    ["of a procedure with broken percent-encoding", "/api/trpc/project%.list"],
    ["of a procedure with a NUL", "/api/trpc/project.list%00"],
  ])("%s is refused with 400: %s", async (_, path) => {
    const answer = await sendRaw(app.url, `GET ${path} HTTP/1.1`);
    expect(answer?.status).toBe(400);
    expect(errorOf(answer!.body)).toMatchObject({ code: "BAD_REQUEST", field: "url" });
  });

  test.each([
    ["dots", "/media/projects/../../../etc/passwd"],
    ["encoded dots", "/media/projects/%2e%2e/%2e%2e/%2e%2e/etc/passwd"],
    ["encoded slashes", "/media/projects/x/takes/..%2f..%2f..%2fetc%2fpasswd.png"],
    ["backslashes", "/media/projects/x/takes/..%5c..%5cpasswd.png"],
    ["dots that were encoded twice", "/media/projects/x/takes/%252e%252e%252fpasswd.png"],
    ["a drive", "/media/characters/c:/windows"],
    ["a device", "/media/characters/con/aux"],
    ["two slashes", "//etc/passwd"],
    ["dots in REST", "/api/v1/projects/..%2f..%2fsettings"],
  ])("with %s leads nowhere: %s", async (_, path) => {
    const answer = await sendRaw(app.url, `GET ${path} HTTP/1.1`);
    expect([400, 404]).toContain(answer?.status);
    expect(answer?.body).not.toContain("root:");
  });

  test.each([
    ["a raw NUL", Buffer.from("GET /api/v1/projects/a\u0000b HTTP/1.1", "latin1")],
    ["a raw blank", Buffer.from("GET /api/v1/projects/a b HTTP/1.1", "latin1")],
    [
      "headers of 100,000 bytes",
      Buffer.from(`GET /healthz HTTP/1.1\r\nX-Long: ${"x".repeat(100_000)}`, "latin1"),
    ],
  ])("with %s is refused by the parser", async (_, head) => {
    const answer = await sendRaw(app.url, head);
    expect(answer === null || (answer.status >= 400 && answer.status < 500)).toBe(true);
  });
});

describe("a body", () => {
  const generate = () => `POST /api/v1/projects/${projectId}/generate-images HTTP/1.1`;
  const post = (head: string, type: string | null, body: string) =>
    sendRaw(
      app.url,
      `${head}\r\nContent-Length: ${Buffer.byteLength(body)}${type === null ? "" : `\r\nContent-Type: ${type}`}`,
      body,
    );
  const trpc = "POST /api/trpc/project.create HTTP/1.1";

  test.each<[string, string, string | null, number, string]>([
    ["that breaks off", '{"steps": ', "application/json", 400, "BAD_REQUEST"],
    ["that is a list", "[]", "application/json", 400, "BAD_REQUEST"],
    ["that is null", "null", "application/json", 400, "BAD_REQUEST"],
    ["that is a text", '"steps"', "application/json", 400, "BAD_REQUEST"],
    ["of two values", "{} {}", "application/json", 400, "BAD_REQUEST"],
    ["that is a form", "steps=8", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["that is plain text", "{}", "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["of no type", "{}", null, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ])("%s is refused, over REST and tRPC: %s", async (_, body, type, status, code) => {
    const overRest = await post(generate(), type, body);
    expect(overRest?.status).toBe(status);
    expect(errorOf(overRest!.body)).toMatchObject({
      code,
      message: expect.any(String),
      reason: expect.any(String),
    });
    const overTrpc = await post(trpc, type, body);
    expect(overTrpc?.status).toBe(status);
    expect(errorOf(overTrpc!.body).data).toEqual({
      code,
      httpStatus: status,
      reason: expect.any(String),
      field: null,
      remedy: expect.toSatisfy((it) => it === null || typeof it === "string"),
    });
  });

  test("with keys that JavaScript gives a meaning of its own is refused like any unknown field", async () => {
    for (const key of ["__proto__", "constructor", "toString"]) {
      const answer = await post(generate(), "application/json", `{"${key}": {"isAdmin": true}}`);
      expect(answer?.status).toBe(400);
      expect(errorOf(answer!.body).field).toBe(key);
    }
  });

  test("of more than 12 MB is refused, whether its length is told or not", async () => {
    const url = `${app.url}/api/v1/projects/${projectId}/generate-images`;
    const big = new Uint8Array(13 * 1024 * 1024);
    const headers = { "content-type": "application/json" };
    for (const body of [big, new Blob([big]).stream()]) {
      const answer = await fetch(url, { method: "POST", headers, body, duplex: "half" } as RequestInit);
      expect(answer.status).toBe(413);
      expect(errorOf(await answer.text())).toMatchObject({
        code: "PAYLOAD_TOO_LARGE",
        reason: "body_too_large",
        message: "The body has more than 12 MB.",
        remedy: expect.any(String),
      });
    }
  });

  test("of more than 64 MB is refused by tRPC, which says so, and a WebSocket message closes its socket", async () => {
    const name = "x".repeat(65 * 1024 * 1024);
    expect(await callTrpc(app, "project.create", "mutation", { name })).toEqual({
      status: 413,
      data: null,
      error: {
        code: "PAYLOAD_TOO_LARGE",
        httpStatus: 413,
        message: "The body has more than 64 MB.",
        reason: "body_too_large",
        field: null,
        remedy: "Send less at once.",
      },
    });
    await using socket = await connect();
    socket.send("project.create", { name });
    expect((await once(socket.raw, "close"))[0]).toBe(1009);
  });

  test("of a whole batch of the longest texts fits into one call, over HTTP and WebSocket", async () => {
    const longest = "x".repeat(LIMITS.text);
    const sentences = Array.from({ length: LIMITS.updateMany }, (_, index) => ({
      sentenceId: `shot-${index}`,
      text: longest,
      imagePrompt: longest,
    }));
    const input = { projectId: "nobody", sentences };
    const overHttp = await callTrpc(app, "sentence.updateMany", "mutation", input);
    expect(overHttp).toMatchObject({ status: 404, error: { reason: "project_not_found" } });
    await using socket = await connect();
    socket.send("sentence.updateMany", input);
    const [answer] = (await once(socket.raw, "message")) as [Buffer];
    expect(JSON.parse(answer.toString())).toMatchObject({
      error: { data: { httpStatus: 404, reason: "project_not_found" } },
    });
  });

  test("that is announced with 1 GB and never comes is answered at once", async () => {
    const socket = await openSocket(app.url);
    const { host } = new URL(app.url);
    const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.write(
      `${generate()}\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{`,
    );
    expect(parseAnswer(await first)?.status).toBe(413);
    socket.destroy();
  });

  test("that breaks off in the middle changes nothing and is not logged", async () => {
    const socket = await openSocket(app.url);
    const { host } = new URL(app.url);
    socket.write(
      `${generate()}\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"steps"`,
    );
    socket.destroy();
    expect((await sendRaw(app.url, "GET /healthz HTTP/1.1"))?.status).toBe(200);
  });
});

describe("a procedure", () => {
  test.each([
    ["that there is not", "GET /api/trpc/project.explode HTTP/1.1", 404],
    ["without a name", "GET /api/trpc/ HTTP/1.1", 404],
    ["from the prototype", "GET /api/trpc/__proto__ HTTP/1.1", 404],
    ["called as the other kind", "GET /api/trpc/project.create?input=%7B%7D HTTP/1.1", 405],
    ["with input that is not JSON", "GET /api/trpc/project.get?input=%7B HTTP/1.1", 400],
    ["with broken percent-encoding in its input", "GET /api/trpc/project.get?input=%E0%A4%A HTTP/1.1", 400],
    ["of a method that is none", "DELETE /api/trpc/project.list HTTP/1.1", 415],
  ])("%s is refused: %s", async (_, head, status) => {
    const answer = await sendRaw(app.url, head);
    expect(answer?.status).toBe(status);
    expect(errorOf(answer!.body).data).toMatchObject({ httpStatus: status });
  });
});

test("none of this changed anything or was logged", async () => {
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  expect(app.logged).toEqual([]);
});

import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, type ClientOptions } from "ws";
import { createShotboardClient } from "@/lib/client";
import { callRest, callTrpc, refusalOf } from "../../support/api";
import { freePort, sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";

const SAMPLE = "the-last-light";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    comfy: { files: { loras: [] } },
    env: {
      ACCESS_TOKEN: "a-long-random-word",
      ALLOWED_HOSTS: "studio.local,Studio-PC,Render.Example:8443,[FD00::0001],fd00::2",
    },
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const bearer = { authorization: "Bearer a-long-random-word" };
const hostOf = () => new URL(app.url).host;

/** What became of a WebSocket: `open`, or how it was refused. */
async function upgrade(path: string, options: ClientOptions = {}): Promise<string> {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}${path}`, options);
  const opened = once(socket, "open").then(
    () => "open",
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  const result = await opened;
  socket.terminate();
  return result;
}

describe("without the token", () => {
  const protectedPaths = [
    "/api/v1/projects",
    `/api/v1/projects/${SAMPLE}`,
    "/api/v1/openapi.json",
    "/api/v1/nothing",
    "/media/characters/mira-solberg/mira-solberg-1",
    "/media/projects/x/takes/y.png",
  ];
  test.each(protectedPaths)("%s answers 401 in the one error shape, never a redirect", async (path) => {
    for (const headers of [
      {},
      // A guess, of which there are few.
      ...(path === protectedPaths[0] ? [{ authorization: "Bearer wrong-word" }] : []),
      { authorization: "Basic YTpi" },
      { cookie: "shotboard_token=wrong" },
    ]) {
      const answer = await fetch(app.url + path, {
        headers: headers as Record<string, string>,
        redirect: "manual",
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({
        success: false,
        error: {
          code: "UNAUTHORIZED",
          message: expect.any(String),
          reason: "unauthorized",
          field: null,
          remedy: expect.stringContaining("Bearer"),
        },
      });
    }
  });

  test("every procedure answers UNAUTHORIZED, before it looks at the input", async () => {
    for (const [name, kind] of [
      ["project.list", "query"],
      ["project.create", "mutation"],
      ["queue.pause", "mutation"],
    ] as const)
      expect(await callTrpc(app, name, kind, { nonsense: true })).toMatchObject({
        status: 401,
        error: { code: "UNAUTHORIZED", httpStatus: 401 },
      });
    const client = createShotboardClient({ url: app.url, token: "wrong" });
    expect(await refusalOf(client.project.list.query())).toMatchObject({
      code: "UNAUTHORIZED",
      httpStatus: 401,
    });
    await client.close();
  });

  test.each([
    ["no token", undefined],
    ["a wrong token", "wrong"],
  ])("a subscription with %s is refused", async (_, token) => {
    const client = createShotboardClient({ url: app.url, ...(token !== undefined && { token }) });
    const refused = new Promise((_resolve, reject) => {
      client.events.onProject.subscribe({ projectId: SAMPLE }, { onError: reject });
    });
    expect(await refusalOf(refused)).toMatchObject({ code: "UNAUTHORIZED", httpStatus: 401 });
    await client.close();
  });
});

test("/healthz without the token says that it serves and which version, and no more", async () => {
  const health = async (headers: Record<string, string>) => {
    const answer = await fetch(`${app.url}/healthz`, { headers });
    return { status: answer.status, body: (await answer.json()) as object };
  };
  const little = { status: 200, body: { status: "ok", version: "test" } };
  expect(await health({})).toEqual(little);
  expect(await health({ authorization: "Bearer wrong" })).toEqual(little);
  expect(Object.keys((await health(bearer)).body)).toContain("database");
});

describe("with the token", () => {
  test("as a Bearer everything answers", async () => {
    expect((await callRest(app, "GET", "/api/v1/projects", undefined, bearer)).status).toBe(200);
    expect((await callTrpc(app, "project.list", "query", undefined, bearer)).status).toBe(200);
    expect(
      (await fetch(`${app.url}/media/characters/mira-solberg/mira-solberg-1`, { headers: bearer })).status,
    ).toBe(200);
  });

  test("our own client subscribes, also by an address with slashes at its end, and closes twice calmly", async () => {
    const client = createShotboardClient({ url: `${app.url}//`, token: "a-long-random-word" });
    expect((await client.project.list.query()).items.length).toBeGreaterThan(0);
    const first = await new Promise((resolve, reject) => {
      const onData = ({ data }: { data: { type: string } }) => resolve(data.type);
      client.events.onProject.subscribe({ projectId: SAMPLE }, { onData, onError: reject });
    });
    expect(first).toBe("snapshot");
    await client.close();
    await client.close();
  });

  test("in the cookie that POST /api/login gives, everything answers, the WebSocket too", async () => {
    const answer = await callLogin({ token: "a-long-random-word" });
    expect(answer.status).toBe(200);
    const given = answer.headers.get("set-cookie")!;
    expect(given).toMatch(/^shotboard_token=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const cookie = `other=1; ${given.split(";")[0]}`;
    expect((await callRest(app, "GET", "/api/v1/projects", undefined, { cookie })).status).toBe(200);
    expect((await callTrpc(app, "project.list", "query", undefined, { cookie })).status).toBe(200);
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/api/trpc`, { headers: { cookie } });
    await once(socket, "open");
    socket.send(
      JSON.stringify({
        id: 1,
        method: "subscription",
        params: { path: "events.onProject", input: { projectId: SAMPLE } },
      }),
    );
    const [first] = (await once(socket, "message")) as [Buffer];
    expect(JSON.parse(first.toString())).toMatchObject({ id: 1, result: { type: "started" } });
    socket.terminate();
  });
});

const callLogin = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

describe("POST /api/login", () => {
  test.each([[{ token: "wrong" }], [{ token: 5 }], [{}], [null], [[]], ["a-long-random-word"]])(
    "gives no cookie for %j",
    async (body) => {
      const answer = await callLogin(body);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("set-cookie")).toBeNull();
    },
  );

  test("reads no more than 10 KB", async () => {
    const answer = await callLogin({ token: "x".repeat(20_000) });
    expect(answer.status).toBe(413);
    expect(((await answer.json()) as { error: { message: string } }).error.message).toContain("10 KB");
  });

  test("does not answer another site's page", async () => {
    expect((await callLogin({ token: "a-long-random-word" }, { origin: "http://evil.example" })).status).toBe(
      403,
    );
  });
});

describe("another name than ours", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:3000",
    "user@127.0.0.1.evil",
    "[::2]",
    "",
    "a b",
  ])("in the Host header is refused: %j", async (host) => {
    for (const path of ["/api/v1/projects", "/", "/media/x", "/api/trpc/project.list"]) {
      const answer = await sendRaw(
        app.url,
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${bearer.authorization}`,
      );
      expect(answer?.status).toBe(403);
    }
  });

  test.each([
    "localhost",
    "LOCALHOST:1",
    "127.0.0.1",
    "[::1]:3000",
    "studio.local",
    "studio.local:80",
    "Studio-PC:3000",
    "studio-pc",
    "render.example:8443",
    "render.example",
    "[fd00::1]:3000",
    "[fd00::2]",
  ])("in the Host header is ours: %s", async (host) => {
    const answer = await sendRaw(
      app.url,
      `GET /api/v1/projects HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${bearer.authorization}`,
    );
    expect(answer?.status).toBe(200);
  });

  test("keeps /healthz open, for probes that know only the address", async () => {
    expect((await sendRaw(app.url, "GET /healthz HTTP/1.1\r\nHost: 10.0.0.1"))?.status).toBe(200);
    const shown = await sendRaw(
      app.url,
      `GET /healthz HTTP/1.1\r\nHost: 10.0.0.1\r\nAuthorization: ${bearer.authorization}`,
    );
    expect(shown?.body).toContain("database");
  });
});

describe("another site's page", () => {
  const foreign = [
    "http://evil.example",
    "null",
    "https://127.0.0.1.evil.example",
    "http://localhost:1",
    "file://",
  ];
  test.each(foreign)("at %s may not write", async (origin) => {
    const headers = { ...bearer, origin };
    expect(
      await callRest(app, "POST", `/api/v1/projects/${SAMPLE}/generate-images`, {}, headers),
    ).toMatchObject({ status: 403, error: { code: "FORBIDDEN", reason: "origin_not_allowed" } });
    const trpc = await fetch(`${app.url}/api/trpc/queue.pause`, { method: "POST", headers });
    expect(trpc.status).toBe(403);
  });

  test.each(foreign)("at %s may not open a WebSocket", async (origin) => {
    expect(await upgrade("/api/trpc", { headers: { origin } })).toBe("ECONNRESET");
  });

  test("that sends no Origin is known by its Sec-Fetch-Site", async () => {
    const headers = { ...bearer, "sec-fetch-site": "cross-site" };
    expect((await callRest(app, "POST", `/api/v1/projects/${SAMPLE}/cancel`, {}, headers)).status).toBe(403);
  });

  test("is told apart from ours, which may do both", async () => {
    const headers = { ...bearer, origin: `http://${hostOf()}` };
    expect((await callRest(app, "POST", `/api/v1/projects/${SAMPLE}/cancel`, {}, headers)).status).toBe(200);
    expect(await upgrade("/api/trpc", { headers: { origin: headers.origin } })).toBe("open");
  });
});

describe("an upgrade", () => {
  test.each([
    "/",
    "/api/v1/projects",
    "/api/trpc/project.list",
    "/_next/webpack-hmr",
    "/healthz",
    "/api/trpcx",
    "//api/trpc",
  ])("to %s is destroyed", async (path) => {
    expect(await upgrade(path, { headers: bearer })).toBe("ECONNRESET");
  });

  test("under another name is destroyed", async () => {
    expect(await upgrade("/api/trpc", { headers: { host: "evil.example" } })).toBe("ECONNRESET");
  });
});

test(
  "behind a proxy, PUBLIC_URL's name and origin are ours, and a token may hold any sign",
  { timeout: 60_000 },
  async () => {
    const token = "a-long-random-word ä;%";
    const port = String(await freePort());
    await using proxied = await startTestApp({
      env: { PORT: port, ACCESS_TOKEN: token, PUBLIC_URL: "https://board.example.org/" },
    });
    expect(proxied.url).toBe("https://board.example.org/");
    const address = `http://127.0.0.1:${port}`;
    const login = await fetch(`${address}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    const cookie = login.headers.get("set-cookie")!.split(";")[0]!;
    const write = await sendRaw(
      address,
      `POST /api/v1/projects/${SAMPLE}/cancel HTTP/1.1\r\nHost: board.example.org\r\nOrigin: https://board.example.org\r\nContent-Length: 0\r\nCookie: ${cookie}`,
    );
    expect(write?.status).toBe(200);
  },
);

test("none of this was logged, nor was the token anywhere", () => {
  expect(app.logged).toEqual([]);
});

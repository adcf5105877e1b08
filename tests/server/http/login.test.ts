import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createShotboardClient } from "@/lib/client";
import { GUESSES } from "@/server/http/guesses";
import { callRest, callTrpc, refusalOf } from "../../support/api";
import { freePort, sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";

const TOKEN = "a-long-random-word";
const SAMPLE = "the-last-light";

const start = (env: Record<string, string> = {}) =>
  startTestApp({ comfy: { files: { loras: [] } }, env: { ACCESS_TOKEN: TOKEN, ...env } });
const logIn = (url: string, token: string) =>
  fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? null;
const open = (url: string, cookie = "") => fetch(url, { redirect: "manual", headers: { cookie } });

describe("the printed address", () => {
  let app: TestApp;
  beforeAll(async () => void (app = await start()));
  afterAll(() => app[Symbol.asyncDispose]());

  test("lets one browser in, once, and leaves the token out of where it leads", async () => {
    const printed = app.oneTimeUrl!;
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
    expect(printed).not.toContain(TOKEN);
    // A preview that only looks whether there is something uses nothing up.
    expect(
      (await fetch(printed, { method: "HEAD", redirect: "manual" })).headers.get("set-cookie"),
    ).toBeNull();
    const first = await open(printed.replace("/?", "/queue?a=1&").concat("&b=2"));
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe("/queue?a=1&b=2");
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(first.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const cookie = cookieOf(first)!;
    expect((await callRest(app, "GET", "/api/v1/projects", undefined, { cookie })).status).toBe(200);

    const second = await open(printed);
    expect([second.status, second.headers.get("location"), cookieOf(second)]).toEqual([303, "/", null]);
    // Opened again by who is in, it is just an address.
    const again = await open(printed, cookie);
    expect([again.status, again.headers.get("location"), cookieOf(again)]).toEqual([303, "/", null]);
  });

  test("opens neither API nor pictures by itself, nor does the token in an address", async () => {
    for (const token of [TOKEN, new URL(app.oneTimeUrl!).searchParams.get("token")!])
      for (const path of ["/api/v1/projects", "/media/characters/mira-solberg/mira-solberg-1"])
        expect((await fetch(`${app.url}${path}?token=${token}`)).status).toBe(401);
    expect(cookieOf(await open(`${app.url}/?token=${TOKEN}`))).toBeNull();
  });

  test.each([
    "//evil.example/",
    "/\\evil.example/",
    "/%5Cevil.example/",
    "/..//evil.example/",
    "///evil.example",
  ])("leads nowhere else: %s", async (path) => {
    const answer = await sendRaw(app.url, `GET ${path}?token=x HTTP/1.1`);
    const location = answer!.headers["location"];
    if (location !== undefined) expect(new URL(location, app.url).origin).toBe(app.url);
    else expect(answer!.status).toBe(400);
  });
});

test("a cookie does not hold the token, outlives a restart, and dies with the token", async () => {
  const given = await (async () => {
    await using app = await start();
    const answer = await logIn(app.url, TOKEN);
    return cookieOf(answer)!;
  })();
  expect(decodeURIComponent(given)).not.toContain(TOKEN);
  const read = async (env: Record<string, string>) => {
    await using app = await start(env);
    return (await callRest(app, "GET", "/api/v1/projects", undefined, { cookie: given })).status;
  };
  expect(await read({})).toBe(200);
  expect(await read({ ACCESS_TOKEN: "another-random-word" })).toBe(401);
});

test("behind https the cookie goes over https alone", async () => {
  const port = String(await freePort());
  await using app = await start({ PORT: port, PUBLIC_URL: "https://board.example.org" });
  expect(app.oneTimeUrl).toMatch(/^https:\/\/board\.example\.org\/\?token=/);
  const answer = await logIn(`http://127.0.0.1:${port}`, TOKEN);
  expect(answer.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
});

test("without ACCESS_TOKEN there is nothing to show, and an address with a token is one like any other", async () => {
  await using app = await startTestApp({ comfy: { files: { loras: [] } } });
  expect(app.oneTimeUrl).toBeNull();
  expect((await open(`${app.url}/?token=x`)).status).toBe(404);
  const answer = await logIn(app.url, "anything");
  expect([answer.status, cookieOf(answer)]).toEqual([200, null]);
});

describe("wrong tokens", () => {
  /** A token over a WebSocket, as a program's subscription sends it. */
  async function subscribe(url: string, token: string) {
    const client = createShotboardClient({ url, token });
    const refused = new Promise((_, reject) => {
      client.events.onProject.subscribe({ projectId: SAMPLE }, { onError: reject });
    });
    return refusalOf(refused).finally(() => client.close());
  }
  const doors: [name: string, guess: (url: string, token: string) => Promise<number>][] = [
    ["in POST /api/login", async (url, token) => (await logIn(url, token)).status],
    [
      "as a Bearer over REST",
      async (url, token) =>
        (await fetch(`${url}/api/v1/projects`, { headers: { authorization: `Bearer ${token}` } })).status,
    ],
    [
      "as a Bearer over tRPC",
      async (url, token) =>
        (await callTrpc({ url }, "project.list", "query", undefined, { authorization: `Bearer ${token}` }))
          .status,
    ],
    [
      "as a Bearer at /healthz",
      async (url, token) => {
        await fetch(`${url}/healthz`, { headers: { authorization: `Bearer ${token}` } });
        return (await logIn(url, "wrong")).status;
      },
    ],
    [
      "in an address",
      async (url, token) => ((await open(`${url}/?token=${token}`)).status === 303 ? 401 : 429),
    ],
    ["over a WebSocket", async (url, token) => (await subscribe(url, token)).httpStatus],
  ];

  test.each(doors)("%s are limited: then every door says how long to wait", async (_, guess) => {
    await using app = await start();
    const cookie = cookieOf(await logIn(app.url, TOKEN))!;
    // A wrong cookie is a browser's of yesterday, and no guess.
    for (let count = 0; count < 3 * GUESSES; count += 1)
      await callRest(app, "GET", "/api/v1/projects", undefined, { cookie: "shotboard_token=wrong.wrong" });
    const statuses: number[] = [];
    while (statuses.length < 2 * GUESSES && statuses.at(-1) !== 429)
      statuses.push(await guess(app.url, `wrong-${statuses.length}`));
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.filter((one) => one === 401).length).toBeGreaterThanOrEqual(GUESSES / 2 - 1);

    // Also with the right one: else it would be found by trying.
    const bearer = { authorization: `Bearer ${TOKEN}` };
    const refusal = {
      status: 429,
      error: {
        code: "TOO_MANY_REQUESTS",
        reason: "too_many_guesses",
        message: "Too many wrong tokens came from your address.",
        remedy: expect.stringMatching(/^Wait \d+ s, /) as string,
      },
    };
    expect(await callRest(app, "GET", "/api/v1/projects", undefined, bearer)).toMatchObject(refusal);
    expect(await callTrpc(app, "project.list", "query", undefined, bearer)).toMatchObject(refusal);
    expect(await subscribe(app.url, TOKEN)).toMatchObject(refusal.error);
    for (const answer of [
      await logIn(app.url, TOKEN),
      await open(app.oneTimeUrl!),
      await fetch(`${app.url}/api/v1/projects`, { headers: bearer }),
      await fetch(`${app.url}/api/trpc/project.list`, { headers: bearer }),
    ]) {
      expect([answer.status, cookieOf(answer)]).toEqual([429, null]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    // Who is in stays in.
    expect((await callRest(app, "GET", "/api/v1/projects", undefined, { cookie })).status).toBe(200);
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/api/trpc`, { headers: { cookie } });
    await once(socket, "open");
    socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "queue.status" } }));
    const [message] = (await once(socket, "message")) as [Buffer];
    expect(JSON.parse(message.toString())).toMatchObject({ result: { type: "data" } });
    socket.terminate();
    expect((await fetch(`${app.url}/healthz`, { headers: bearer })).status).toBe(200);
  });
});

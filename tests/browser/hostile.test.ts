import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStudio, type Studio } from "../support/studio";
import { attack, type Loot } from "./attack";

const TOKEN = "a-long-random-word";
const SAMPLE = "the-last-light";
const PICTURE = "/media/characters/mira-solberg/mira-solberg-1";
/** Names that lead to this machine: one of an attacker's, one that was rebound to us. */
const NAMES = "--host-resolver-rules=MAP *.example 127.0.0.1";
/** Newer browsers ask before a site reaches this machine; what is looked at here is what we do where none does. */
const UNASKED = "--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessRespectPreflightResults";

/** A server of somebody else's, at another port of this machine. */
const server = createServer((request, response) => {
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><title>Hostile</title><p>${request.url}</p>`);
});
let port: number;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const NOTHING: Loot = {
  "fetch, answer readable": false,
  "fetch with the cookie, answer readable": false,
  "fetch without cors, answer readable": false,
  "picture shown": false,
  "thumbnail drawn on a canvas": false,
  "answer run as a script": false,
  "Shotboard's own script run": false,
  "style sheet read": false,
  "events heard over HTTP": false,
  "events heard over a WebSocket": false,
  "window held on to": false,
};

/** Everything that a page could have changed. */
async function stateOf({ client }: Studio) {
  const [projects, project, queue, characters] = await Promise.all([
    client.project.list.query(),
    client.project.get.query({ projectId: SAMPLE }),
    client.queue.status.query(),
    client.character.list.query(),
  ]);
  return JSON.stringify([
    projects.items.map(({ id, name }) => [id, name]),
    project,
    [queue.isPaused, queue.queued, queue.running],
    characters,
  ]);
}

/** What such a page gets, and what stands in what it embeds. */
async function visit(context: BrowserContext, from: string, target: string) {
  const page = await context.newPage();
  await page.goto(from);
  const loot = await attack(page, target, { project: SAMPLE, picture: PICTURE });
  const shown = await Promise.all(page.frames().map((frame) => frame.content().catch(() => "")));
  await page.close();
  return { loot, shown: shown.join("\n") };
}

describe.each<[name: string, env: Record<string, string>, logIn: boolean]>([
  ["without ACCESS_TOKEN", {}, false],
  ["with ACCESS_TOKEN, while the victim is logged in", { ACCESS_TOKEN: TOKEN }, true],
  ["with ACCESS_TOKEN, while nobody is logged in", { ACCESS_TOKEN: TOKEN }, false],
])("%s", (_, env, logIn) => {
  let studio: Studio;
  let context: BrowserContext;
  beforeAll(async () => {
    studio = await startStudio(env, [NAMES, UNASKED]);
    context = await studio.browser.newContext();
    if (!logIn) return;
    const page = await context.newPage();
    await page.goto(studio.url);
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("The Last Light").first().waitFor();
    await page.close();
  }, 120_000);
  afterAll(() => studio?.close());

  test.each([
    ["another port of this machine", "127.0.0.1"],
    ["another name of this machine", "localhost"],
    ["another site", "hostile.example"],
  ])("a page of %s can neither read, write nor subscribe", async (_name, host) => {
    const before = await stateOf(studio);
    const { loot, shown } = await visit(context, `http://${host}:${port}/`, studio.url);
    expect(loot).toEqual(NOTHING);
    expect(shown).toContain("Hostile");
    expect(shown).not.toMatch(/Skarv|Last Light|Queue/);
    expect(await stateOf(studio)).toBe(before);
  });

  test("a name that was rebound to this machine opens nothing, although it is then its own origin", async () => {
    const before = await stateOf(studio);
    const rebound = studio.url.replace("127.0.0.1", "rebound.example");
    const page = await context.newPage();
    for (const path of ["/", "/api/v1/projects", PICTURE, `/projects/${SAMPLE}`]) {
      expect((await page.goto(rebound + path))!.status()).toBe(403);
      expect(await page.content()).not.toMatch(/Skarv|Last Light/);
    }
    // The page that came before its name was rebound.
    await page.route(`${rebound}/hostile`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Hostile</title>" }),
    );
    await page.goto(`${rebound}/hostile`);
    expect(await inOwnOrigin(page)).toEqual({ read: 403, written: 403, socket: "closed" });
    await page.close();
    expect(await stateOf(studio)).toBe(before);
  });

  if (env["ACCESS_TOKEN"] === undefined || logIn)
    test("what fails for others succeeds from our own page: the attacks are none that never work", async () => {
      const page = await context.newPage();
      await page.goto(studio.url);
      expect(await inOwnOrigin(page)).toEqual({ read: 200, written: 200, socket: "open" });
      const loot = await attack(page, studio.url, { project: SAMPLE, picture: PICTURE });
      expect(loot).toMatchObject({
        "fetch, answer readable": true,
        "fetch with the cookie, answer readable": true,
        "picture shown": true,
        "thumbnail drawn on a canvas": true,
        "events heard over HTTP": true,
        "events heard over a WebSocket": true,
        "window held on to": true,
      });
      await page.close();
    });

  if (logIn)
    test("a link on another site opens the page for who is logged in", async () => {
      const page = await context.newPage();
      await page.goto(`http://hostile.example:${port}/`);
      await page.evaluate((href) => {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = "to the board";
        document.body.append(link);
      }, `${studio.url}/projects/${SAMPLE}`);
      await page.getByText("to the board").click();
      await page.locator("[data-shot-id]").first().waitFor();
      expect(page.url()).toBe(`${studio.url}/projects/${SAMPLE}`);
      await page.close();
    });
});

/** What a page does at its own address. */
const inOwnOrigin = (page: Page) =>
  page.evaluate(async () => {
    const status = (path: string, init?: RequestInit) => fetch(path, init).then((answer) => answer.status);
    const socket = await new Promise<string>((resolve) => {
      const opened = new WebSocket(`ws://${location.host}/api/trpc`);
      opened.addEventListener("open", () => resolve("open"));
      opened.addEventListener("error", () => resolve("closed"));
    });
    return {
      read: await status("/api/v1/projects"),
      written: await status("/api/v1/projects/the-last-light/cancel", { method: "POST" }),
      socket,
    };
  });

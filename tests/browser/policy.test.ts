import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const TOKEN = "a-long-random-word";
const SAMPLE = "the-last-light";

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ ACCESS_TOKEN: TOKEN });
}, 120_000);
afterAll(() => studio?.close());

const printed = () => /(http:\S+\?token=\S+)/.exec(studio.output.join("\n"))![1]!;
const isHydrated = (page: Page) =>
  page.waitForFunction(() => {
    const control = document.querySelector("a, button");
    return control !== null && Object.keys(control).some((key) => key.startsWith("__reactProps"));
  });

test("the printed address opens one browser, once; no page breaks the strict policy, and all come to life", async () => {
  const { page, troubles } = await openPage(studio.browser, printed());
  expect(page.url()).toBe(`${studio.url}/`);
  await page.context().addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`violated ${violatedDirective}: ${blockedURI}`),
    );
  });
  const nonces = new Set<string>();
  for (const [path, status] of [
    ["/", 200],
    [`/projects/${SAMPLE}`, 200],
    ["/characters", 200],
    ["/admin/models", 200],
    ["/admin/styles", 200],
    ["/queue", 200],
    ["/nothing/here", 404],
    ["/projects/nothing", 404],
  ] as const) {
    const answer = await page.goto(studio.url + path);
    expect([path, answer!.status()]).toEqual([path, status]);
    await isHydrated(page);
    const policy = answer!.headers()["content-security-policy"]!;
    const host = new URL(studio.url).host;
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]{24}' 'strict-dynamic';/);
    for (const part of [
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      `connect-src 'self' ws://${host}`,
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    nonces.add(/'nonce-([^']+)'/.exec(policy)![1]!);
    expect(answer!.headers()["cross-origin-opener-policy"]).toBe("same-origin");
  }
  // A nonce is of one answer alone.
  expect(nonces.size).toBe(8);
  expect(troubles.filter((one) => !one.includes("404"))).toEqual([]);

  // The board works: its events come, its pictures load.
  await page.goto(`${studio.url}/projects/${SAMPLE}`);
  const { sections } = await studio.client.project.get.query({ projectId: SAMPLE });
  const sentenceIds = sections.flatMap((section) => section.sentences.map(({ id }) => id)).slice(0, 1);
  await studio.client.image.generate.mutate({ projectId: SAMPLE, sentenceIds });
  await page.waitForFunction(
    (id) => {
      const image = document.querySelector<HTMLImageElement>(`[data-shot-id="${id}"] img`);
      return image !== null && image.complete && image.naturalWidth > 0 && image.src.includes("/images/");
    },
    sentenceIds[0]!,
    { timeout: 60_000 },
  );
  expect(troubles.filter((one) => !one.includes("404"))).toEqual([]);

  // What somebody smuggled into a page does not run there.
  const ran = await page.evaluate(async () => {
    const holder = window as unknown as { smuggled?: string };
    document.body.insertAdjacentHTML(
      "beforeend",
      `<a href="javascript:window.smuggled = 'link'">x</a><img src="/none" onerror="window.smuggled = 'handler'">`,
    );
    const image = document.body.lastElementChild!;
    await new Promise((resolve) => image.addEventListener("error", resolve));
    (image.previousElementSibling as HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve));
    return holder.smuggled ?? null;
  });
  expect(ran).toBeNull();
  await expect.poll(() => troubles.filter((one) => one.includes("violated script-src")).length).toBe(2);
  await page.context().close();

  const second = await openPage(studio.browser, printed());
  await second.page.getByLabel("Token").waitFor();
  expect(second.page.url()).toBe(`${studio.url}/`);
  await second.page.context().close();
});

test("without the token every page is the login, which needs nothing else and says what is wrong", async () => {
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${SAMPLE}?x=1`);
  for (const path of [
    "/",
    "/characters",
    "/admin/models",
    "/admin/styles",
    "/queue",
    "/login",
    "/nothing",
    "/sample/none.webp",
    `/projects/${SAMPLE}`,
  ]) {
    await page.goto(studio.url + path);
    await page.getByLabel("Token").waitFor();
    expect(await page.content()).not.toMatch(/Skarv|Last Light|Mira|Z-Image/);
    // Nor in what the router would ask for.
    const parts = await fetch(studio.url + path, { headers: { rsc: "1" } });
    expect(await parts.text()).not.toMatch(/Skarv|Last Light|Mira|Z-Image/);
  }
  await page.goto(`${studio.url}/projects/${SAMPLE}?x=1`);
  await isHydrated(page);
  const problem = page.getByText("This is not the token that this Shotboard was started with.");
  await page.getByLabel("Token").fill("wrong-word");
  await page.getByRole("button", { name: "Open" }).click();
  for (let status = 0; status !== 429;) {
    // The answer before is on the screen by then, and the next one can be sent.
    await problem.waitFor();
    const answered = page.waitForResponse(/api\/login/);
    await page.getByLabel("Token").press("Enter");
    status = (await answered).status();
  }
  await page.getByText(/^Too many wrong tokens came from your address\. Wait \d+ s/).waitFor();
  expect(troubles.filter((one) => !/40[14]|429/.test(one))).toEqual([]);
  await page.context().close();
});

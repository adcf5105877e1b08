import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { openPage, startBrowser } from "../support/browser";
import { startServerProcess, type ServerProcess } from "../support/server-process";
import { createPostgresDatabase } from "../support/test-database";

const SAMPLE = "the-last-light";

let server: ServerProcess;
let browser: Browser;
let dataDir: string;
let database: Awaited<ReturnType<typeof createPostgresDatabase>> | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "shotboard-browser-"));
  database = process.env["TEST_DATABASE"] === "postgres" ? await createPostgresDatabase() : null;
  server = await startServerProcess({ DATA_DIR: dataDir, ...(database && { DATABASE_URL: database.url }) });
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.end("SIGTERM");
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("D tells what a download holds before it begins, and Enter has the browser fetch it", async () => {
  const { page, troubles } = await openPage(browser, `${server.url}/projects/${SAMPLE}`);
  const dialog = page.getByRole("dialog", { name: "Download pictures" });
  await page.getByRole("button", { name: "Download pictures" }).click();
  await dialog.getByText("None of these 24 shots has one.").waitFor();
  expect(await dialog.getByRole("button", { name: "Download pictures" }).isDisabled()).toBe(true);

  // The dialog stays true while pictures come.
  const client = createShotboardClient({ url: server.url });
  const { sections } = await client.project.get.query({ projectId: SAMPLE });
  const sentenceIds = sections.flatMap((section) => section.sentences.map((one) => one.id)).slice(0, 2);
  await client.image.generate.mutate({ projectId: SAMPLE, sentenceIds });
  await dialog.getByRole("button", { name: "Download 2 pictures" }).waitFor();
  await dialog.getByText("22 without a picture, left out").waitFor();
  await dialog.getByText("2 from the demo renderer").waitFor();
  await page.keyboard.press("Escape");

  await page.locator("[data-shot-id]").first().click();
  await page.keyboard.press("d");
  await dialog.getByRole("button", { name: "Download 1 picture" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  await dialog.waitFor({ state: "detached" });
  expect(download.suggestedFilename()).toBe("The Last Light on Skarv Island - 1 shot.zip");
  const names = Object.keys(unzipSync(await readFile(await download.path())));
  expect(names).toEqual(["shots.csv", expect.stringMatching(/^001_[a-z0-9-]+_[a-z0-9-]+\.png$/)]);
  expect(troubles).toEqual([]);
  await client.close();
});

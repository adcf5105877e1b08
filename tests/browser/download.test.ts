import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const SAMPLE = "the-last-light";

let studio: Studio;

beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

test("D tells what a download holds before it begins, and Enter has the browser fetch it", async () => {
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${SAMPLE}`);
  const dialog = page.getByRole("dialog", { name: "Download pictures" });
  await page.getByRole("button", { name: "Download pictures" }).click();
  await dialog.getByText("None of these 24 shots has one.").waitFor();
  expect(await dialog.getByRole("button", { name: "Download pictures" }).isDisabled()).toBe(true);

  // The dialog stays true while pictures come.
  const { sections } = await studio.client.project.get.query({ projectId: SAMPLE });
  const sentenceIds = sections.flatMap((section) => section.sentences.map((one) => one.id)).slice(0, 2);
  await studio.client.image.generate.mutate({ projectId: SAMPLE, sentenceIds });
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
});

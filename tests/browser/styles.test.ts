import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { openPage, reload } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

let studio: Studio;
let comfy: DemoComfyUI;

beforeAll(async () => {
  comfy = await startDemoComfyUI({
    stepMs: 0,
    paint: false,
    files: { loras: ["wet\\ink.safetensors", "chalk.safetensors", "wet\\wash.safetensors"] },
  });
  studio = await startStudio({ COMFYUI_URL: comfy.url });
}, 120_000);
afterAll(async () => {
  await studio?.close();
  await comfy?.close();
});

const nameBox = (page: Page) => page.getByRole("textbox", { name: "Name" });
const wordsBox = (page: Page) => page.getByRole("textbox", { name: /ords before the prompt/ });
const idOf = (page: Page) => new URL(page.url()).searchParams.get("id") ?? "";

/** A project of two sentences, painted in this style. */
async function paintIn(styleId: string): Promise<void> {
  const { id: projectId } = await studio.client.project.create.mutate({
    name: "Harbour",
    script: "The harbour sleeps. Gulls wake it.",
    styleId,
  });
  await studio.client.image.generate.mutate({ projectId });
  await expect
    .poll(async () => (await studio.client.project.list.query()).items.find((one) => one.id === projectId), {
      timeout: 60_000,
    })
    .toMatchObject({ pictureCount: 2, generatingCount: 0 });
}

test(
  "a style is made, seen in the final prompt as it is typed, changed with its consequence told, copied and deleted",
  { timeout: 180_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/styles`);
    await page.getByRole("button", { name: "New style" }).click();
    await nameBox(page).fill("Chalk");
    await page.getByText(/^Forty miles past/).waitFor();
    await wordsBox(page).fill("Chalk drawing of {prompt} on slate");
    await page.getByText(/^Chalk drawing of Forty miles past .* on slate$/).waitFor();
    await page.getByRole("button", { name: "Next sentence" }).click();
    await page.getByText("shot 2 of 24").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByRole("heading", { name: "Chalk", exact: true }).waitFor();
    const styleId = idOf(page);
    await page
      .getByRole("button", { name: /^Chalk/ })
      .first()
      .waitFor();

    // What it makes dirty is told before it is saved, and comes true.
    await paintIn(styleId);
    await reload(page);
    await page.getByRole("form", { name: "Chalk" }).getByText("The newest picture in this style").waitFor();
    await wordsBox(page).fill("Ink drawing of");
    await page.getByText("Saving marks 2 pictures as changed.").waitFor();
    await wordsBox(page).press("Control+s");
    await page.getByText("“Chalk” is saved.", { exact: true }).waitFor();
    await expect(studio.client.style.get.query({ styleId })).resolves.toMatchObject({
      name: "Chalk",
      promptPrefix: "Ink drawing of",
    });

    // A name that another one has is told at the field, before it is saved.
    await nameBox(page).fill("noir");
    await page.getByText(/There is a style called “Noir” already/).waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await nameBox(page).and(page.locator("[value=Chalk]")).waitFor();

    // In use, it is not deleted but can be switched off; its copy goes.
    await page.getByRole("button", { name: "Delete this style" }).click();
    await page.getByRole("dialog").getByText("Harbour").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Switch it off" }).click();
    await page.getByRole("button", { name: "Switch this style on" }).click();
    await page.getByText("“Chalk” is switched on.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Duplicate this style" }).click();
    await page.getByRole("heading", { name: "Chalk copy", exact: true }).waitFor();
    await page.getByRole("button", { name: "Delete this style" }).click();
    await page.getByRole("button", { name: "Delete the style" }).click();
    await page.getByRole("button", { name: /^Chalk copy/ }).waitFor({ state: "detached" });
    expect(troubles.filter((one) => !one.includes("409"))).toEqual([]);
  },
);

test(
  "a LoRA style needs a file, which is found in the server's list from the keyboard",
  { timeout: 120_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/styles?id=new`);
    await nameBox(page).fill("Wash");
    await page.getByRole("radio", { name: "LoRA" }).click();
    await page.getByText("Choose one of 3 in ComfyUI’s models/loras.").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByText(/A LoRA style needs its file/).waitFor();

    const choices = page
      .getByRole("list", { name: "LoRA files on the connected ComfyUI" })
      .getByRole("button");
    const file = page.getByRole("textbox", { name: "LoRA file" });
    await file.fill("wet/gone.safetensors");
    await page.getByText(/Not on the connected ComfyUI/).waitFor();
    await file.fill("WASH");
    await choices.getByText("wet\\wash.safetensors").waitFor();
    expect(await choices.count()).toBe(1);
    await file.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("On the connected ComfyUI.", { exact: true }).waitFor();
    await page.getByRole("slider", { name: /Strength/ }).press("ArrowRight");
    await page.getByText(/strength 1\.05/).waitFor();
    await page.getByRole("button", { name: /Create the style/ }).click();
    await page.getByRole("heading", { name: "Wash", exact: true }).waitFor();
    await expect(studio.client.style.get.query({ styleId: idOf(page) })).resolves.toMatchObject({
      styleType: "lora",
      loraFile: "wet\\wash.safetensors",
      loraStrength: 1.05,
    });
    // The whole list again, though one is chosen.
    await file.click();
    expect(await choices.count()).toBe(3);
    expect(troubles).toEqual([]);
  },
);

test("what another window saved stays when this one saves something else", { timeout: 120_000 }, async () => {
  const { id: styleId } = await studio.client.style.create.mutate({ name: "Shared", styleType: "prompt" });
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/styles?id=${styleId}`);
  await wordsBox(page).fill("Mine");
  await studio.client.style.update.mutate({ styleId, negativePrompt: "theirs" });
  await wordsBox(page).press("Control+s");
  await page.getByText("“Shared” is saved.", { exact: true }).waitFor();
  await expect(studio.client.style.get.query({ styleId })).resolves.toMatchObject({
    promptPrefix: "Mine",
    negativePrompt: "theirs",
  });
  await page
    .getByRole("textbox", { name: /Negative prompt/ })
    .and(page.getByText("theirs"))
    .waitFor();

  // Deleted there, it is calmly told here.
  await studio.client.style.delete.mutate({ styleId });
  await wordsBox(page).fill("Late");
  await wordsBox(page).press("Control+s");
  await page.getByText("There is no such style any more.").waitFor();
  expect(troubles.filter((one) => !one.includes("404"))).toEqual([]);
});

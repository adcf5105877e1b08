import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { nodesOf } from "../server/generation/received";
import { editorFormat } from "../server/workflow/editor-format";
import { goTo, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

let studio: Studio;
let comfy: DemoComfyUI;

beforeAll(async () => {
  // Its VAE goes by another name than the workflow's.
  comfy = await startDemoComfyUI({ stepMs: 0, files: { vae: ["ae_flux1.safetensors"] } });
  studio = await startStudio({ COMFYUI_URL: comfy.url });
}, 120_000);
afterAll(async () => {
  await studio?.close();
  await comfy?.close();
});

/** Lets go of a file over the page, as a file manager does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: "application/json" }));
      return data;
    },
    [name, text] as const,
  );
  const target = page.getByRole("region", { name: "Workflow" }).locator("div").first();
  await target.dispatchEvent("dragover", { dataTransfer: transfer });
  await target.dispatchEvent("drop", { dataTransfer: transfer });
}

async function pick(page: Page, label: string, option: RegExp | string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

test(
  "a workflow is dropped, a missing file replaced, places changed, a test painted, and a project made with it",
  { timeout: 180_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/models?id=new`);
    await drop(page, "Harbour.json", editorFormat({ hasNegative: true }));
    await page.getByText("Harbour.json").waitFor();
    // What is missing is said before anything is queued.
    await page.getByText("1 file missing", { exact: true }).waitFor();
    await page.getByText(/goes into ComfyUI’s models\/vae/).waitFor();
    await pick(page, "Load instead of ae.safetensors", "ae_flux1.safetensors");
    await page.getByText("as you chose, instead of ae.safetensors").waitFor();
    await page.getByText("has all it needs", { exact: true }).waitFor();
    expect(comfy.prompts).toEqual([]);

    // The words go where the author had what he did not want.
    await page
      .getByRole("row", { name: /^Prompt/ })
      .getByText("now a door")
      .waitFor();
    await pick(page, "Prompt goes into", /^Not this · 14 · text/);
    await pick(page, "Negative prompt goes into", "Nowhere");
    await page
      .getByRole("row", { name: /^Prompt/ })
      .getByText("now blurry")
      .waitFor();
    // A new model is called as its file is.
    expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Harbour");
    await page.keyboard.press("Control+s");
    await page.waitForURL(/id=[0-9a-f-]{36}/);

    await page.getByRole("button", { name: "Test picture" }).click();
    await page.getByRole("link", { name: "Open the picture in full size" }).waitFor();
    expect(comfy.prompts).toHaveLength(1);

    const [project] = (await studio.client.project.list.query({})).items;
    await goTo(page, `${studio.url}/projects/${project!.id}`);
    await pick(page, "Model", "Harbour");
    const before = comfy.prompts.length;
    await page.locator("[data-shot-id]").first().click();
    const { sections } = await studio.client.project.get.query({ projectId: project!.id });
    const shot = sections[0]!.sentences[0]!;
    await page.keyboard.press("g");
    await page.waitForFunction(
      (id) => document.querySelector(`[data-shot-id="${id}"]`)?.getAttribute("data-state") === "done",
      shot.id,
      { timeout: 60_000 },
    );
    const painted = comfy.prompts[before]!;
    const texts = Object.fromEntries(
      nodesOf(painted, "CLIPTextEncode").map(({ id, inputs }) => [id, String(inputs["text"])]),
    );
    expect(texts["4"]).toBe("a door");
    expect(texts["14"]).toContain(shot.imagePrompt ?? shot.text);
    expect(nodesOf(painted, "VAELoader")[0]?.inputs).toEqual({ vae_name: "ae_flux1.safetensors" });
    expect(troubles).toEqual([]);
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";
import { sdxl } from "../server/workflow/sample-graphs";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

let studio: Studio;

beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

const file = (name: string, graph: object) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(JSON.stringify(graph)),
});

test(
  "a workflow is uploaded, its slots are seen, the model is saved, switched off and deleted",
  { timeout: 120_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/models`);
    await page.getByRole("button", { name: "New model" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    const upload = page.locator("input[type=file]");

    await upload.setInputFiles(file("editor.json", { nodes: [], links: [], version: 0.4 }));
    await page.getByText("The workflow has no nodes").first().waitFor();
    expect(troubles.splice(0)).toEqual([
      expect.stringContaining("400") as string,
      expect.stringContaining("400") as string,
    ]);
    await upload.setInputFiles(file("sdxl.json", sdxl));
    await page.getByRole("row", { name: /Negative prompt/ }).waitFor();
    await page.getByText("sd_xl_base_1.0.safetensors").waitFor();
    await page.getByText(/goes into ComfyUI’s models\/checkpoints/).waitFor();

    await name.fill("");
    await page.keyboard.press("Control+s");
    await page.getByText("Nothing is saved yet. A name is needed.").waitFor();
    await name.fill("Z-Image-Turbo");
    await page.keyboard.press("Control+s");
    await page.getByText(/There is a model called “Z-Image-Turbo” already/).waitFor();
    expect(troubles.splice(0)).toEqual([
      expect.stringContaining("409") as string,
      expect.stringContaining("409") as string,
    ]);
    await name.fill("My SDXL");
    await page.keyboard.press("Control+s");
    await page.waitForURL(/id=[0-9a-f-]{36}/);
    await page.getByRole("button", { name: /My SDXL Text to image · 20 steps/ }).waitFor();

    await page.getByRole("switch", { name: "Offered in projects" }).click();
    await page.getByText("No picture changes by this.").waitFor();
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByRole("button", { name: /My SDXL Off · Text to image/ }).waitFor();

    await page.getByRole("button", { name: "Delete this model" }).click();
    await page.getByText(/Nothing uses it/).waitFor();
    await page.getByRole("button", { name: "Delete the model" }).click();
    await page.getByRole("button", { name: /My SDXL/ }).waitFor({ state: "detached" });
    expect(troubles).toEqual([]);
  },
);

test(
  "a model that a project uses is not deleted, and the page says by which",
  { timeout: 60_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/models?id=z-image-turbo`);
    await page.getByRole("button", { name: "Delete this model" }).click();
    const dialog = page.getByRole("dialog", { name: "“Z-Image-Turbo” is in use" });
    await dialog.getByRole("link", { name: /The Last Light/ }).waitFor();
    await dialog.getByRole("button", { name: "Switch it off" }).waitFor();
    expect(await dialog.getByRole("button", { name: /Delete/ }).count()).toBe(0);
    expect(troubles).toEqual([]);
  },
);

test("saving a model that was deleted elsewhere shows that it is gone", { timeout: 60_000 }, async () => {
  const { id } = await studio.client.model.create.mutate({
    name: "Short-lived",
    workflowType: "text-to-image",
  });
  const { page } = await openPage(studio.browser, `${studio.url}/admin/models?id=${id}`);
  await page.getByRole("textbox", { name: "Steps" }).fill("9");
  await studio.client.model.delete.mutate({ modelId: id });
  await page.keyboard.press("Control+s");
  await page.getByText("There is no such model any more.").waitFor();
});

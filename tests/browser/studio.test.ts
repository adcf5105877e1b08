import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { goTo, openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";
import { root } from "../support/test-database";

/** Where ComfyUI is looked for. The suite may run twice at the same time, and somebody's own may run here. */
const PORTS = [8188, 8000];

let studio: Studio;
let comfy: DemoComfyUI;

beforeAll(async () => {
  studio = await startStudio();
  comfy = await startWhereItIsLookedFor();
}, 120_000);
afterAll(async () => {
  await studio?.close();
  await comfy?.close();
});

const shotWith = (page: Page, text: string) => page.locator("[data-shot-id]").filter({ hasText: text });
const waitForShots = (page: Page, state: string, count: number) =>
  page.waitForFunction(
    ([wanted, number]) => document.querySelectorAll(`[data-shot-id][data-state=${wanted}]`).length === number,
    [state, count] as const,
    { timeout: 120_000 },
  );

async function picture(name: string, background: string): Promise<string> {
  const path = join(studio.dataDir, name);
  await writeFile(
    path,
    await sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return path;
}

test(
  "from the demo to the editor's bin: connect, style, character, cast, generate, keep, download",
  { timeout: 240_000 },
  async () => {
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/queue`);

    // A ComfyUI that runs on this machine is found; a file that it lacks is named with its folder.
    const host = `127.0.0.1:${comfy.port}`;
    if (PORTS.includes(comfy.port)) await page.getByText(`http://${host}`).waitFor();
    else {
      await page.getByRole("textbox", { name: "Address of a ComfyUI" }).fill(host);
      await page.getByRole("button", { name: "Look" }).click();
    }
    await page.getByText("ae.safetensors").first().waitFor();
    await page
      .getByText(/goes into ComfyUI’s models\/vae/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: `Connect ${host}` }).click();
    await page.getByRole("heading", { name: "Your ComfyUI" }).waitFor();
    await page.getByText("1 file missing").first().click();
    await page.getByText("ae.safetensors").first().waitFor();
    comfy.setFiles("vae", ["full_encoder_small_decoder.safetensors", "ae.safetensors"]);
    await page.getByRole("button", { name: "Check the models again" }).click();
    await page.getByText("1 file missing").first().waitFor({ state: "detached" });

    // A style with words before the prompt, which needs a character.
    await goTo(page, `${studio.url}/admin/styles?id=new`);
    await page.getByRole("textbox", { name: "Name" }).fill("Chalk");
    await page
      .getByRole("textbox", { name: /Words before the prompt/ })
      .fill("Chalk drawing of {prompt}, on slate.");
    await page.getByText("on slate.").nth(1).waitFor();
    await page.getByRole("switch", { name: "Needs a character with a picture" }).click();
    await page.keyboard.press("Control+s");
    await page.getByRole("heading", { name: "Chalk", exact: true }).waitFor();
    const styleId = new URL(page.url()).searchParams.get("id")!;

    // A character with two pictures, the second of them the main one.
    await goTo(page, `${studio.url}/characters?id=new`);
    await page.getByRole("textbox", { name: "Name" }).fill("Tor");
    // By role: while a page streams in, it stands there twice, once hidden.
    await page
      .getByRole("button", { name: "Reference pictures", exact: true })
      .setInputFiles([await picture("first.png", "#a04020"), await picture("second.png", "#2040a0")]);
    await page.getByRole("button", { name: /Create the character/ }).click();
    await page.getByRole("img", { name: "Tor, number 2" }).waitFor();
    const main = page.getByRole("img", { name: "Tor, the main one" });
    const before = await main.getAttribute("src");
    await page.getByRole("button", { name: "More for picture 2" }).click();
    await page.getByRole("menuitem", { name: "Make it the main one" }).click();
    await page.waitForFunction(
      (src) => document.querySelector('img[alt="Tor, the main one"]')?.getAttribute("src") !== src,
      before,
    );

    // A project of four sentences, two of which name him; he is put into its cast.
    await goTo(page, studio.url);
    await page.getByRole("button", { name: "New project" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("The ferry");
    await dialog
      .getByRole("textbox", { name: "Script" })
      .fill("# Dawn\nTor wakes early. Nobody waves.\n# Dusk\nThe ferry leaves. Tor stays.");
    await dialog.getByRole("combobox", { name: "Model" }).click();
    await page.getByRole("option", { name: "FLUX.2 Klein 4B" }).click();
    await dialog.getByRole("combobox", { name: "Style" }).click();
    await page.getByRole("option", { name: "Chalk" }).click();
    await dialog.getByRole("button", { name: /^Create \d+ shots/ }).click();
    await page.waitForURL("**/projects/*");
    await waitForShots(page, "missing", 4);
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByRole("button", { name: /Tor/ }).click();
    await page.getByRole("dialog").getByText("in 2 shots").waitFor();
    await page.keyboard.press("Escape");

    // A shot without him is warned of before it is painted.
    await shotWith(page, "Nobody waves.").click();
    await page.getByText(/“?Chalk"? needs a character with a reference picture/).waitFor();

    // The two with him are painted, with his picture and the style's words.
    await shotWith(page, "Tor wakes early.").click();
    await shotWith(page, "Tor stays.").click({ modifiers: ["Control"] });
    await page.keyboard.press("g");
    await waitForShots(page, "done", 2);
    expect(comfy.prompts).toHaveLength(2);
    const sent = comfy.prompts.map((one) => JSON.stringify(one.graph));
    expect(sent.some((graph) => graph.includes("Chalk drawing of Tor wakes early., on slate."))).toBe(true);
    expect(comfy.uploads).toHaveLength(1);
    const seen = await sharp(comfy.uploads[0]!.bytes).raw().toBuffer();
    expect([...seen.subarray(0, 3)]).toEqual([0x20, 0x40, 0xa0]);
    for (const graph of sent) expect(graph).toContain(comfy.uploads[0]!.name);

    // A corrected typo needs no new picture.
    await shotWith(page, "Tor stays.").click();
    const text = page.locator("textarea[data-field=text]");
    await text.fill("Tor stays there.");
    await text.press("Control+Enter");
    await waitForShots(page, "dirty", 1);
    await page.getByRole("button", { name: /Keep picture/ }).click();
    await waitForShots(page, "done", 2);
    await page.getByText(/You kept this picture/).waitFor();
    expect(comfy.prompts).toHaveLength(2);

    // And out to the editor.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Download pictures" }).click();
    await page.getByRole("radio", { name: /^All/ }).click();
    await page.getByText(/2 without a picture/).waitFor();
    await page.getByRole("radio", { name: /^1920 × 1080/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download 2 pictures" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("The ferry - pictures.zip");
    const files = unzipSync(new Uint8Array(await readFile(await download.path())));
    expect(Object.keys(files)).toEqual([
      "shots.csv",
      "001_dawn_tor-wakes-early.png",
      "004_dusk_tor-stays-there.png",
    ]);
    for (const [name, bytes] of Object.entries(files).slice(1))
      expect({ name, ...(await sharp(bytes).metadata()) }).toMatchObject({ width: 1920, height: 1080 });
    const lines = new TextDecoder().decode(files["shots.csv"]).trimEnd().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(
      /^1,Dawn,Tor wakes early\.,"Chalk drawing of Tor wakes early\., on slate\.",\d+,FLUX\.2 Klein 4B,Chalk,,001_dawn_tor-wakes-early\.png$/,
    );
    expect(lines[4]).toContain('"Chalk drawing of Tor stays., on slate."');
    expect(lines[2]).toBe("2,Dawn,Nobody waves.,,,,,,");

    // What the style does now is told before it is changed.
    await goTo(page, `${studio.url}/admin/styles?id=${styleId}`);
    await page.getByRole("textbox", { name: /Words before the prompt/ }).fill("Ink drawing of {prompt}.");
    await page.getByText("Saving marks 2 pictures as changed.").waitFor();
    expect(troubles).toEqual([]);
  },
);

test("a model is made from a workflow file, switched off and deleted", { timeout: 120_000 }, async () => {
  const { page, troubles } = await openPage(studio.browser, `${studio.url}/admin/models?id=new`);
  await copyFile(join(root, DEFAULT_WORKFLOWS["text-to-image"]), join(studio.dataDir, "mine.json"));
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  await page.getByLabel("Workflow file to upload").first().setInputFiles(join(studio.dataDir, "mine.json"));
  await page.getByText("mine.json").waitFor();
  await page.getByRole("row", { name: /Seed/ }).waitFor();
  await page.getByText("has all it needs").first().waitFor();
  await page.getByRole("button", { name: /Create the model/ }).click();
  await page.getByRole("heading", { name: "Mine", exact: true }).waitFor();
  await page.getByRole("switch", { name: "Offered in projects" }).click();
  await page.keyboard.press("Control+s");
  await page.getByText("Off · Text to image").waitFor();
  await page.getByRole("button", { name: "Delete this model" }).click();
  await page.getByRole("button", { name: "Delete the model" }).click();
  await page.getByRole("button", { name: /^Mine/ }).waitFor({ state: "detached" });
  expect(troubles).toEqual([]);
});

test("projects are found, set up and copied from their cards", { timeout: 120_000 }, async () => {
  const { page, troubles } = await openPage(studio.browser, studio.url);
  await page.getByRole("searchbox", { name: "Search projects" }).fill("last light");
  await page.getByRole("link", { name: /The Last Light/ }).waitFor();
  await page.getByRole("link", { name: /The ferry/ }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /More for The Last Light/ }).click();
  await page.getByRole("menuitem", { name: /Rename/ }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("The Last Light, upright");
  await page.getByRole("combobox", { name: "Size" }).click();
  await page.getByRole("option", { name: /Upright/ }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: /The Last Light, upright/ }).waitFor();
  await page.getByRole("button", { name: /More for The Last Light/ }).click();
  await page.getByRole("menuitem", { name: /Duplicate/ }).click();
  await page.getByRole("button", { name: "Duplicate", exact: true }).click();
  await page.waitForURL(/\/projects\/(?!the-last-light)/);
  await waitForShots(page, "missing", 24);
  await page.getByText("1088 × 1920").waitFor();
  expect(troubles).toEqual([]);
});

/** On one of the usual ports, or on another where both are taken: then its address is typed. */
async function startWhereItIsLookedFor(): Promise<DemoComfyUI> {
  const options = {
    stepMs: 0,
    paint: false,
    files: {
      diffusion_models: ["z_image_turbo_bf16.safetensors", "flux-2-klein-base-4b-fp8.safetensors"],
      text_encoders: ["qwen_3_4b.safetensors"],
      vae: ["full_encoder_small_decoder.safetensors"],
      loras: [],
    },
  };
  for (const port of PORTS)
    try {
      return await startDemoComfyUI({ ...options, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  return startDemoComfyUI(options);
}

import { mkdtemp } from "node:fs/promises";
import { startBrowser, openPage } from "../tests/support/browser";
import { startServerProcess } from "../tests/support/server-process";
const dir = await mkdtemp("/tmp/zz-");
const server = await startServerProcess({ DATA_DIR: dir });
const browser = await startBrowser();
const shot = async (page: any, name: string) => {
  await page.waitForTimeout(700);
  await page.screenshot({ path: `/tmp/shots/${name}.png` });
};
const sizes = {
  w: { width: 1440, height: 960 },
  m: { width: 1024, height: 800 },
  n: { width: 390, height: 844 },
} as const;
const each = async (
  path: string,
  name: string,
  act?: (page: any) => Promise<void>,
  only: string[] = ["w", "m", "n"],
) => {
  for (const key of only) {
    const { page, troubles } = await openPage(browser, server.url + path, sizes[key as "w"]);
    if (act) await act(page);
    await shot(page, `${name}-${key}`);
    if (troubles.length) console.log(name, key, troubles);
    await page.context().close();
  }
};
await fetch(`${server.url}/api/v1/projects/the-last-light/generate-images`, { method: "POST" });
await new Promise((r) => setTimeout(r, 9000));
await each("/admin/styles", "styles-list");
await each("/admin/styles?id=documentary", "styles-one");
await each(
  "/admin/styles?id=documentary",
  "styles-edit",
  async (p) => {
    await p.getByRole("textbox", { name: /Words before/ }).fill("Chalk drawing of {prompt}, on slate.");
    await p.waitForTimeout(600);
  },
  ["w", "n"],
);
await each(
  "/admin/styles?id=watercolor-lora",
  "styles-lora",
  async (p) => {
    await p.getByRole("combobox", { name: "LoRA file" }).fill("gone.safetensors");
  },
  ["w"],
);
await each(
  "/admin/styles?id=new",
  "styles-new",
  async (p) => {
    await p.getByRole("button", { name: /Create the style/ }).click();
  },
  ["w", "n"],
);
await each(
  "/admin/styles?id=documentary",
  "styles-del",
  async (p) => {
    await p.getByRole("button", { name: "Delete this style" }).click();
  },
  ["w"],
);
await each("/admin/styles?id=nope", "styles-gone", undefined, ["w"]);
await browser.close();
await server.end("SIGTERM");
process.exit(0);

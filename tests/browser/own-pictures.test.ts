import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 20_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

const make = async (...texts: string[]) => {
  const { id: projectId } = await studio.client.project.create.mutate({
    name: "Archive",
    sections: [{ title: "One", sentences: texts.map((text) => ({ text })) }],
    width: 256,
    height: 144,
  });
  return { projectId, ...(await openPage(studio.browser, `${studio.url}/projects/${projectId}`)) };
};
const shot = (page: Page, text: string) => page.locator("[data-shot-id]").filter({ hasText: text });
const shots = async (projectId: string) =>
  (await studio.client.project.get.query({ projectId })).sections.flatMap((one) => one.sentences);
const picture = (color: string) =>
  sharp({ create: { width: 300, height: 400, channels: 3, background: color } })
    .png()
    .toBuffer();
/** Drops files on an element, as from a folder of the system. */
async function drop(page: Page, selector: ReturnType<typeof shot>, files: { name: string; bytes: Buffer }[]) {
  const transfer = await page.evaluateHandle(
    (all) => {
      const data = new DataTransfer();
      for (const { name, base64 } of all)
        data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
      return data;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
  );
  await selector.dispatchEvent("dragover", { dataTransfer: transfer });
  await selector.dispatchEvent("drop", { dataTransfer: transfer });
}

test("a picture that is dropped on a shot is cropped, credited, stored and locked, framed anew, and taken back by undo", async () => {
  const { page, projectId, troubles } = await make("alpha", "bravo");
  await drop(page, shot(page, "bravo"), [{ name: "harbour.png", bytes: await picture("#ff0000") }]);
  const dialog = page.getByRole("dialog", { name: "Own picture" });
  const focus = dialog.getByRole("slider", { name: "Focus of the crop" });
  await focus.focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("Shift+ArrowUp");
  await expect
    .poll(() => focus.getAttribute("aria-valuetext"), patience)
    .toBe("50 % from the left, 0 % from the top");
  await dialog.getByLabel("Credit").fill("Ada Archive");
  await dialog.getByRole("button", { name: "Use 1 picture" }).click();
  await dialog.waitFor({ state: "detached" });
  await shot(page, "bravo").getByText("yours").waitFor();
  const stored = async () => {
    const [, { id, selectedTakeId, isLocked }] = (await shots(projectId)) as [
      unknown,
      Awaited<ReturnType<typeof shots>>[number],
    ];
    const { items } = await studio.client.take.list.query({ sentenceId: id });
    const { framing, credit } = items.find((one) => one.id === selectedTakeId) ?? {
      framing: null,
      credit: null,
    };
    return { isLocked, framing, credit };
  };
  expect(await stored()).toEqual({
    isLocked: true,
    framing: { mode: "crop", x: 0.5, y: 0 },
    credit: "Ada Archive",
  });

  await shot(page, "bravo").click();
  await page.getByRole("tab", { name: "Details" }).click();
  // Nothing in the dialog moves when the picture comes.
  const held = Promise.withResolvers<void>();
  await page.route(/w=1280/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.getByRole("button", { name: "Change framing…" }).click();
  const blurred = dialog.getByRole("radio", { name: "Fit, blurred" });
  await dialog.evaluate((one) => Promise.all(one.getAnimations({ subtree: true }).map((it) => it.finished)));
  const place = await blurred.boundingBox();
  held.resolve();
  await page.unrouteAll({ behavior: "wait" });
  await dialog.locator("img").evaluate((one: HTMLImageElement) => one.decode());
  expect(await blurred.boundingBox()).toEqual(place);
  await blurred.click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("fitted on a blurred ground").waitFor();
  expect(await stored()).toMatchObject({
    framing: { mode: "fit", ground: "blurred" },
    credit: "Ada Archive",
  });

  await page.getByRole("button", { name: "Change framing…" }).click();
  await dialog.getByLabel("Credit").fill("Bo");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const facts = page.getByRole("region", { name: "About this picture" });
  await facts.getByText("Bo", { exact: true }).waitFor();

  await shot(page, "bravo").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await facts.getByText("Ada Archive", { exact: true }).waitFor();
  expect(await stored()).toMatchObject({ credit: "Ada Archive", framing: { mode: "fit" } });
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(stored, patience).toMatchObject({ framing: { mode: "crop" }, isLocked: true });
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(stored, patience).toEqual({ isLocked: false, framing: null, credit: null });
  await shot(page, "bravo").getByText("yours").waitFor({ state: "detached" });
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(stored, patience).toMatchObject({ isLocked: true, credit: "Ada Archive" });
  expect(troubles).toEqual([]);
});

test("several files fill the selection; what is no picture stays in the dialog with the reason, and nothing else is lost", async () => {
  const { page, projectId, troubles } = await make("alpha", "bravo", "charlie");
  await shot(page, "alpha").click();
  await shot(page, "charlie").click({ modifiers: ["ControlOrMeta"] });
  await drop(page, shot(page, "charlie"), [
    { name: "one.png", bytes: await picture("#00ff00") },
    { name: "two.txt", bytes: Buffer.from("No picture.") },
  ]);
  const dialog = page.getByRole("dialog", { name: /^Own picture/ });
  await dialog.getByRole("button", { name: "Use 2 pictures" }).click();
  await dialog.getByText("This file is not a picture. Expected a PNG, JPEG, WebP or TIFF file.").waitFor();
  await dialog.getByRole("button", { name: "Try 1 picture again" }).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await shots(projectId)).map(({ isLocked }) => isLocked)).toEqual([true, false, false]);
  expect(troubles).toEqual([expect.stringMatching(/^400 /), expect.stringContaining("400")]);
});

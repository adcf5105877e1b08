import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 60_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

test(
  "two shots in two styles: painted, looked at by keys, one style picked for the project, and undone",
  { timeout: 180_000 },
  async () => {
    const { client } = studio;
    const { id: projectId } = await client.project.create.mutate({
      name: "Styles",
      sections: [{ title: "One", sentences: [{ text: "alpha" }, { text: "bravo" }] }],
      width: 640,
      height: 368,
    });
    await client.image.generate.mutate({ projectId });
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/projects/${projectId}`);
    await expect.poll(() => page.locator("[data-shot-id][data-state=done]").count(), patience).toBe(2);
    const shown = async () =>
      (await client.project.get.query({ projectId })).sections[0]!.sentences.map((one) => one.selectedTakeId);
    const before = await shown();

    await page.getByRole("button", { name: "More of this board" }).click();
    await page.getByRole("menuitem", { name: "Contact sheet…" }).click();
    const sheet = page.getByRole("dialog", { name: "Contact sheet" });
    await sheet.getByLabel("Cinematic", { exact: true }).check();
    await sheet.getByLabel("Noir", { exact: true }).check();
    await sheet.getByRole("button", { name: "Paint 4 proofs" }).click();
    await sheet.getByText("4 of 4 painted").waitFor({ timeout: 60_000 });
    expect(await shown()).toEqual(before);

    // Closed and opened again, it is there.
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: /What to do/ }).fill("contact");
    await page.keyboard.press("Enter");
    await sheet.getByText("4 of 4 painted").waitFor();

    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await sheet.getByRole("img", { name: "Shot 1 in Noir, large" }).waitFor();
    await page.keyboard.press("Escape");
    await sheet.getByTestId("large-proof").waitFor({ state: "detached" });
    await page.keyboard.press("p");
    const use = page.getByRole("dialog", { name: "Use “Noir”" });
    await use.getByText("2 shots show their proofs at once").waitFor();
    await use.getByRole("button", { name: "Use it for the project" }).click();
    await use.waitFor({ state: "detached" });
    await expect.poll(shown, patience).not.toEqual(before);
    expect(await client.project.get.query({ projectId })).toMatchObject({
      styleId: "noir",
      sections: [{ sentences: [{ isImageDirty: false }, { isImageDirty: false }] }],
    });

    await sheet.getByRole("button", { name: "Back to the board" }).click();
    await sheet.waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(shown, patience).toEqual(before);
    expect(troubles).toEqual([]);
  },
);

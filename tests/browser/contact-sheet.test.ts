import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const patience = { timeout: 60_000, interval: 50 };

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio?.close());

/** A board of two shots with their pictures. */
async function painted() {
  const { id: projectId } = await studio.client.project.create.mutate({
    name: "Styles",
    sections: [{ title: "One", sentences: [{ text: "alpha" }, { text: "bravo" }] }],
    width: 640,
    height: 368,
  });
  await studio.client.image.generate.mutate({ projectId });
  const opened = await openPage(studio.browser, `${studio.url}/projects/${projectId}`);
  await expect.poll(() => opened.page.locator("[data-shot-id][data-state=done]").count(), patience).toBe(2);
  return { projectId, ...opened };
}
const sentences = async (projectId: string) =>
  (await studio.client.project.get.query({ projectId })).sections[0]!.sentences;

test(
  "two shots in two styles: painted, looked at by keys, one style picked for the project, and undone",
  { timeout: 180_000 },
  async () => {
    const { client } = studio;
    const { projectId, page, troubles } = await painted();
    const shown = async () => (await sentences(projectId)).map((one) => one.selectedTakeId);
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
    await use.getByText("Only for new pictures: every shot keeps what it shows.").waitFor();
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

test(
  "the board's Cancel ends what the board asked for, and leaves the proofs of a contact sheet in line",
  { timeout: 120_000 },
  async () => {
    const { client } = studio;
    const { projectId, page, troubles } = await painted();
    await client.queue.pause.mutate({});
    const sentenceIds = (await sentences(projectId)).map((one) => one.id);
    await client.proof.make.mutate({ projectId, sentenceIds, styleIds: ["noir"] });
    await client.image.generate.mutate({ projectId, force: true });
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByText("2 pictures cancelled.", { exact: true }).waitFor();
    expect(await sentences(projectId)).toMatchObject([{ status: "completed" }, { status: "completed" }]);
    const { items } = await client.proof.list.query({ projectId });
    expect(items).toMatchObject([{ job: { status: "queued" } }, { job: { status: "queued" } }]);
    // Of the API, a project means all that it has in line.
    expect(await client.image.cancel.mutate({ projectId })).toEqual({ cancelled: 2, cancelling: 0 });
    await client.queue.resume.mutate({});
    expect(troubles).toEqual([]);
  },
);

test(
  "a style for several shots says what it does first, can be for new pictures only, and is one step to undo",
  { timeout: 120_000 },
  async () => {
    const { projectId, page, troubles } = await painted();
    await page.locator("[data-shot-id]").first().focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.getByRole("heading", { name: "2 shots selected" }).waitFor();
    const pick = async (name: string) => {
      await page.getByRole("combobox", { name: "Style" }).last().click();
      await page.getByRole("option", { name, exact: true }).click();
    };
    await pick("Noir");
    const dialog = page.getByRole("dialog", { name: "“Noir” for 2 shots" });
    await dialog.getByText("Changing the style marks 2 pictures as changed.").waitFor();
    await dialog.getByRole("button", { name: "Only for new pictures" }).click();
    const stored = async () => (await sentences(projectId)).map((one) => [one.styleId, one.isImageDirty]);
    const styled = (styleId: string | null, isDirty: boolean) => [
      [styleId, isDirty],
      [styleId, isDirty],
    ];
    await expect.poll(stored, patience).toEqual(styled("noir", false));
    await pick("Anime");
    await page.getByRole("button", { name: "Change the style" }).click();
    await expect.poll(stored, patience).toEqual(styled("anime", true));
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(stored, patience).toEqual(styled("noir", false));
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(stored, patience).toEqual(styled(null, false));
    expect(troubles).toEqual([]);
  },
);

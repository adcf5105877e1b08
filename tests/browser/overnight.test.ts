import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { LaneState } from "@/lib/schemas/queue";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { goTo, openPage, reload } from "../support/browser";
import { startStudio, type Studio } from "../support/studio";

const BOARD = "/projects/the-last-light";
const PATIENCE = { timeout: 60_000, interval: 50 };
const fast = { stepMs: 0, paint: false };

const shots = (page: Page, state: string) => page.locator(`[data-shot-id][data-state=${state}]`);
const waitForShots = (page: Page, state: string, count: number) =>
  page.waitForFunction(
    ([wanted, number]) => document.querySelectorAll(`[data-shot-id][data-state=${wanted}]`).length === number,
    [state, count] as const,
    { timeout: 60_000 },
  );

async function firstShots(studio: Studio, count: number): Promise<string[]> {
  const { sections } = await studio.client.project.get.query({ projectId: "the-last-light" });
  return sections.flatMap((section) => section.sentences.map((one) => one.id)).slice(0, count);
}

describe("the queue's page", () => {
  const KINDS = ["ready", "busy", "waiting", "paused", "unhealthy", "diskFull"] as const;
  const comfys = {} as Record<(typeof KINDS)[number], DemoComfyUI>;
  let studio: Studio;

  beforeAll(async () => {
    for (const kind of KINDS) comfys[kind] = await startDemoComfyUI(fast);
    comfys.unhealthy.addFault({ kind: "cuda_error", times: Infinity });
    comfys.diskFull.addFault({ kind: "disk_full", times: Infinity });
    comfys.diskFull.addFault({ kind: "http_500", path: "POST /upload/image", times: Infinity });
    comfys.busy.addFault({ kind: "stall", times: Infinity });
    studio = await startStudio({ COMFYUI_URL: KINDS.map((kind) => comfys[kind].url).join(",") });
  }, 120_000);
  afterAll(async () => {
    await studio?.close();
    for (const comfy of Object.values(comfys)) await comfy.close();
  });

  const states = async (): Promise<Record<string, LaneState>> => {
    const { lanes } = await studio.client.queue.status.query();
    return Object.fromEntries(
      KINDS.map((kind) => [kind, lanes.find(({ url }) => url === comfys[kind].url)!.state]),
    );
  };

  test(
    "shows each state of a ComfyUI in words, why, what to do and when it is tried again, and what happened before",
    { timeout: 180_000 },
    async () => {
      const { client } = studio;
      await vi.waitUntil(
        async () => Object.values(await states()).every((state) => state === "ready"),
        PATIENCE,
      );
      await client.queue.pause.mutate({ lane: comfys.paused.url, reason: "A film is being rendered" });
      await comfys.waiting.stop();
      await vi.waitUntil(async () => (await states())["waiting"] === "waiting", PATIENCE);
      await client.image.generate.mutate({ projectId: "the-last-light" });
      await vi.waitUntil(async () => {
        const now = await states();
        return now["unhealthy"] === "unhealthy" && now["diskFull"] === "diskFull" && now["busy"] === "busy";
      }, PATIENCE);

      const { page, troubles } = await openPage(studio.browser, `${studio.url}/queue`);
      const card = (kind: (typeof KINDS)[number]) =>
        page.getByRole("listitem").filter({ hasText: `${comfys[kind].url} · ComfyUI` });
      await card("busy").getByText("Painting", { exact: true }).waitFor();
      await card("paused")
        .getByText(/^Paused by you at \d\d:\d\d: A film is being rendered$/)
        .waitFor();
      await card("waiting").getByText("Not answering", { exact: true }).waitFor();
      await card("waiting")
        .getByText(/Check that ComfyUI runs, and that this is its address/)
        .waitFor();
      await card("unhealthy")
        .getByText(/The GPU of the ComfyUI machine failed.*Restart ComfyUI/)
        .waitFor();
      await card("diskFull")
        .getByText(/The disk of the ComfyUI machine is full.*Free some space/)
        .waitFor();
      for (const kind of ["waiting", "unhealthy", "diskFull"] as const)
        await card(kind)
          .getByText(/^trying again (in|now)/)
          // A phone has another place for it.
          .filter({ visible: true })
          .waitFor();

      await card("unhealthy").getByText("History").click();
      const history = card("unhealthy").getByRole("region", { name: "Today" });
      await history.getByText("GPU trouble").first().waitFor();
      expect(await history.getByRole("listitem").last().innerText()).toContain("Ready");
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  test("nothing moves when it is known what a ComfyUI lacks", { timeout: 60_000 }, async () => {
    const vae = ["full_encoder_small_decoder.safetensors"];
    comfys.paused.setFiles("vae", vae);
    const { page, troubles } = await openPage(studio.browser, `${studio.url}/queue`);
    onTestFinished(() => comfys.paused.setFiles("vae", [...vae, "ae.safetensors"]));
    const known = async () => {
      await page.getByText("1 file missing").waitFor();
      await page.getByText("being looked at").first().waitFor({ state: "detached" });
    };
    await known();
    const errors = page.getByRole("heading", { name: "Last errors" });
    const place = await errors.boundingBox();
    const held = Promise.withResolvers<void>();
    await page.route(/server\.inspect/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await reload(page);
    await page.getByText("being looked at").first().waitFor();
    expect(await errors.boundingBox()).toEqual(place);
    held.resolve();
    await known();
    expect(await errors.boundingBox()).toEqual(place);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test(
    "pauses at a click, takes the reason afterwards, and keeps both over a reload",
    { timeout: 60_000 },
    async () => {
      const { page, troubles } = await openPage(studio.browser, `${studio.url}/queue`);
      const state = page.getByRole("region", { name: "State of the queue" });
      await state.getByRole("button", { name: "Pause" }).click();
      await state.getByText(/^Paused by you at \d\d:\d\d\.$/).waitFor();
      expect((await studio.client.queue.status.query()).isPaused).toBe(true);
      await state.getByRole("textbox", { name: "Why the queue is paused" }).fill("The house needs the power");
      await page.keyboard.press("Enter");
      await state.getByText(/^Paused by you at \d\d:\d\d: The house needs the power$/).waitFor();
      await reload(page);
      await state.getByText(/^Paused by you at \d\d:\d\d: The house needs the power$/).waitFor();
      await state.getByRole("button", { name: "Resume" }).click();
      await state.getByText(/^Paused by you/).waitFor({ state: "detached" });
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );
});

describe("a board in the morning", () => {
  let studio: Studio;
  let comfy: DemoComfyUI;
  beforeAll(async () => {
    comfy = await startDemoComfyUI(fast);
    studio = await startStudio({ COMFYUI_URL: comfy.url });
  }, 120_000);
  afterAll(async () => {
    await studio?.close();
    await comfy?.close();
  });

  test(
    "tells after a restart what was painted and why something failed; retried, it is over; put away, it stays away",
    { timeout: 180_000 },
    async () => {
      const { client } = studio;
      const ids = await firstShots(studio, 5);
      await client.queue.pause.mutate({});
      await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids });
      comfy.addFault({ kind: "refuse_prompt", times: 2 });
      await studio.restart("SIGKILL");
      const { page, troubles } = await openPage(studio.browser, studio.url + BOARD);
      const note = page.getByRole("region", { name: "Since the last start" });
      await note
        .getByText(/^Shotboard was started again at \d\d:\d\d; it had ended without warning\.$/)
        .waitFor();
      await note.getByText("0 of 5 pictures are done; 5 in line.").waitFor();
      await client.queue.resume.mutate({});
      // It follows the batch, and says when it is over.
      await note
        .getByText("3 of 5 pictures are done, 3 of them since; nothing is in line any more.")
        .waitFor();
      await waitForShots(page, "failed", 2);
      await note.getByText(/^2 × /).waitFor();

      await note.getByRole("button", { name: "Show" }).first().click();
      await page.getByRole("heading", { name: "2 shots selected" }).waitFor();
      expect(await page.locator("[data-shot-id]").count()).toBe(2);
      await note.getByRole("button", { name: "Retry these" }).click();
      await waitForShots(page, "done", 5);
      await note.getByText(/^2 × /).waitFor({ state: "detached" });

      await note.getByRole("button", { name: "Put this note away" }).click();
      await note.waitFor({ state: "detached" });
      await reload(page);
      await waitForShots(page, "done", 5);
      expect(await note.count()).toBe(0);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  test(
    "groups what failed by reason; one group is retried from the board, another from the queue's page, which leads to its shots",
    { timeout: 180_000 },
    async () => {
      const { client } = studio;
      const ids = (await firstShots(studio, 12)).slice(6);
      comfy.addFault({ kind: "refuse_prompt", times: 3, message: "The first reason" });
      comfy.addFault({ kind: "execution_error", times: Infinity, message: "The second reason" });
      await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids.slice(0, 3) });
      const { page, troubles } = await openPage(studio.browser, studio.url + BOARD);
      await waitForShots(page, "failed", 3);
      await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids.slice(3, 5) });
      // Between its attempts a shot says when the next one comes.
      await page
        .locator("[data-state=running]")
        .getByText(/^trying again in \d+ s \(2 of 3\)$/)
        .first()
        .waitFor({ timeout: 60_000 });
      await page
        .locator("[data-state=running]")
        .getByTitle(/^The last attempt failed: .*The second reason/)
        .first()
        .waitFor();
      await waitForShots(page, "failed", 5);
      comfy.clearFaults();

      await page.getByRole("button", { name: "5 failed" }).click();
      const panel = page.getByRole("dialog", { name: "Shots with failed pictures" });
      const first = panel.getByRole("listitem").filter({ hasText: "The first reason" });
      await first.getByText(/^3 × /).waitFor();
      await panel.getByRole("button", { name: "Retry all 5" }).waitFor();
      await first.getByRole("button", { name: "Retry these" }).click();
      await waitForShots(page, "failed", 2);

      await goTo(page, `${studio.url}/queue`);
      const errors = page.getByRole("region", { name: "Last errors" });
      const gone = errors
        .getByRole("listitem")
        .filter({ has: page.getByRole("button", { name: "Retry these 2" }) });
      await gone.getByText(/The second reason/).waitFor();
      await gone.getByRole("link").first().click();
      await page.waitForURL(`**${BOARD}*`);
      await waitForShots(page, "failed", 2);
      expect(await page.locator("[data-shot-id][aria-selected=true]").getAttribute("data-state")).toBe(
        "failed",
      );

      await page.goBack();
      await gone.getByRole("button", { name: "Retry these 2" }).click();
      await page.getByText("2 pictures in line again.").first().waitFor();
      await gone.first().waitFor({ state: "detached" });
      // The next test begins with nothing in line.
      await vi.waitUntil(async () => {
        const { queued, running } = await client.queue.status.query();
        return queued + running === 0;
      }, PATIENCE);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  test(
    "chosen shots that wait are painted next, or last; what is cancelled stays in view until ComfyUI has stopped",
    { timeout: 120_000 },
    async () => {
      const { client } = studio;
      const ids = (await firstShots(studio, 18)).slice(12);
      await client.queue.pause.mutate({});
      await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids });
      const { page, troubles } = await openPage(studio.browser, studio.url + BOARD);
      await waitForShots(page, "queued", 6);
      const shot = (index: number) => page.locator(`[data-shot-id="${ids[index]}"]`);
      await shot(5).click();
      await page.keyboard.press("n");
      await shot(5).getByText("next in line").first().waitFor();
      await shot(1).click();
      await page.getByRole("button", { name: "Paint last" }).click();
      await shot(1).getByText("6th in line").first().waitFor();
      // It stands still, and hears the interrupt only when it goes on.
      comfy.addFault({ kind: "stall" });
      comfy.addFault({ kind: "deaf" });
      const received = comfy.prompts.length;
      await client.queue.resume.mutate({});
      await vi.waitUntil(() => comfy.prompts[received]?.startedAt != null, PATIENCE);
      await page.waitForFunction(
        (id) => document.querySelector(`[data-shot-id="${id}"]`)?.getAttribute("data-state") === "running",
        ids[5],
      );

      await page.getByRole("button", { name: "Cancel", exact: true }).first().click();
      await page.locator(`[data-shot-id="${ids[5]}"][data-state=cancelling]`).waitFor();
      await page.getByRole("button", { name: "Stopping…" }).first().waitFor();
      // Again where it had not come to a stand yet.
      await vi.waitUntil(async () => {
        comfy.release();
        return (await shots(page, "cancelling").count()) === 0;
      }, PATIENCE);
      expect(await shots(page, "queued").count()).toBe(0);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  test(
    "a shot that goes back into the line shows its sentence again, and no preview of what was lost",
    { timeout: 120_000 },
    async () => {
      const { client } = studio;
      const ids = (await firstShots(studio, 19)).slice(18);
      comfy.clearFaults();
      comfy.addFault({ kind: "stall", afterStep: 3 });
      await client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids });
      const { page } = await openPage(studio.browser, studio.url + BOARD);
      const shot = page.locator(`[data-shot-id="${ids[0]}"]`);
      const preview = shot.locator("img[src*='/preview']");
      await preview.waitFor();
      // What the restarted ComfyUI lost is not posted anew meanwhile.
      await client.queue.pause.mutate({});
      await comfy.stop();
      comfy.clearFaults();
      await comfy.restart();
      await shot.and(page.locator("[data-state=queued]")).waitFor({ timeout: 60_000 });
      expect(await preview.count()).toBe(0);
      comfy.pause();
      await client.queue.resume.mutate({});
      await shot.and(page.locator("[data-state=running]")).waitFor({ timeout: 60_000 });
      expect(await preview.count()).toBe(0);
      comfy.release();
      await shot.and(page.locator("[data-state=done]")).waitFor({ timeout: 60_000 });
      await page.context().close();
    },
  );

  test("a press on a shot whose picture comes in that moment chooses it", { timeout: 60_000 }, async () => {
    const ids = (await firstShots(studio, 20)).slice(19);
    comfy.clearFaults();
    comfy.pause(2);
    await studio.client.image.generate.mutate({ projectId: "the-last-light", sentenceIds: ids });
    const { page } = await openPage(studio.browser, studio.url + BOARD);
    const shot = page.locator(`[data-shot-id="${ids[0]}"]`);
    const preview = shot.locator("img[src*='/preview']");
    await preview.waitFor();
    await shot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await preview.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    comfy.release();
    await shot.and(page.locator("[data-state=done]")).waitFor();
    await preview.waitFor({ state: "detached" });
    await page.mouse.up();
    await shot.and(page.locator("[aria-selected=true]")).waitFor({ timeout: 5_000 });
    await page.context().close();
  });
});

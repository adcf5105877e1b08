import { describe, expect, test } from "vitest";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { goTo, openPage } from "../support/browser";
import { startServerProcess } from "../support/server-process";
import { startStudio } from "../support/studio";
import { createPostgresDatabase } from "../support/test-database";

const BOARD = "/projects/the-last-light";
const fast = { stepMs: 0, paint: false };

// Two servers share a database only where it is PostgreSQL: see vitest.config.ts.
describe("two Shotboards on one database", () => {
  test(
    "the one whose ComfyUI the other works with says so, and that nothing is to do",
    { timeout: 120_000 },
    async () => {
      await using started = new AsyncDisposableStack();
      const database = await createPostgresDatabase();
      started.defer(database.drop);
      const comfy = await startDemoComfyUI(fast);
      started.defer(() => comfy.close());
      const env = { COMFYUI_URL: comfy.url, DATABASE_URL: database.url };
      const studio = await startStudio(env);
      started.defer(() => studio.close());
      const second = started.use(await startServerProcess({ ...env, DATA_DIR: studio.dataDir }));
      const { page, troubles } = await openPage(studio.browser, `${second.url}/queue`);
      await page.getByText("In use elsewhere", { exact: true }).waitFor();
      await page
        .getByText(/Another Shotboard on this database works with it/)
        .first()
        .waitFor();
      await goTo(page, second.url + BOARD);
      await page.getByRole("button", { name: "Queue: ComfyUI: in use elsewhere" }).waitFor();
      expect(troubles).toEqual([]);
    },
  );
});

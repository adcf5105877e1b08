import { existsSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generationModels, visualStyles } from "@/server/db/schema";
import { seedDatabase } from "@/server/services/seed/seed-database";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";
import { root } from "../../support/test-database";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const seed = () => seedDatabase(app.runtime.services, join(root, "public", "sample"));
const dump = () => dumpDatabase(app.runtime.services.database);

describe("a new installation", () => {
  test("has two models on their default workflows", async () => {
    const { items } = await app.client.model.list.query();
    expect(items.toSorted((a, b) => a.id.localeCompare(b.id))).toMatchObject([
      {
        id: "flux2-klein-4b",
        workflowType: "image-to-image",
        defaultSteps: 20,
        defaultCfg: 5,
        isActive: true,
      },
      { id: "z-image-turbo", workflowType: "text-to-image", defaultSteps: 8, defaultCfg: 1, isActive: true },
    ]);
    expect(items.map((one) => one.workflowFile).toSorted()).toEqual([
      "workflows/image/image_flux2_klein_image_edit_4b_base.json",
      "workflows/image/text-to-image-image_z_image_turbo.json",
    ]);
  });

  test("has a sample project of 4 sections and 24 sentences, with a cast of two that have pictures", async () => {
    const { items } = await app.client.project.list.query();
    expect(items).toMatchObject([{ sentenceCount: 24, pictureCount: 0 }]);
    const projectId = items[0]!.id;
    const project = await app.client.project.get.query({ projectId });
    expect(project.sections.map((section) => section.sentences.length)).toEqual([6, 6, 6, 6]);
    expect(
      project.sections.every((section) =>
        section.sentences.every((one) => one.status === "pending" && one.isImageDirty),
      ),
    ).toBe(true);
    const cast = await app.client.cast.list.query({ projectId });
    expect(cast.items).toHaveLength(2);
    for (const { id, images } of cast.items) {
      const file = join(app.dataDir, "characters", id, `${images[0]!.id}.png`);
      expect(await sharp(file).metadata()).toMatchObject({ format: "png", width: images[0]!.width });
    }
    const dry = await app.client.image.generate.mutate({ projectId, dryRun: true });
    expect(dry).toMatchObject({ queued: 24, problems: [] });
  });
});

describe("seeding again", () => {
  test("changes nothing", async () => {
    const before = await dump();
    await seed();
    await Promise.all([seed(), seed()]);
    expect(await dump()).toEqual(before);
  });

  test("leaves what was edited alone, and brings back models and styles that are missing", async () => {
    const { db } = app.runtime.services.database;
    await app.client.style.update.mutate({
      styleId: "noir",
      name: "My noir",
      promptPrefix: "mine",
      isActive: false,
    });
    await app.client.model.update.mutate({ modelId: "z-image-turbo", name: "My turbo", defaultSteps: 4 });
    await app.client.character.update.mutate({ characterId: "mira-solberg", name: "My Mira" });
    await db.delete(visualStyles).where(eq(visualStyles.id, "anime"));
    await seed();
    expect(await app.client.style.get.query({ styleId: "noir" })).toMatchObject({
      name: "My noir",
      promptPrefix: "mine",
      isActive: false,
    });
    expect(await app.client.model.get.query({ modelId: "z-image-turbo" })).toMatchObject({
      name: "My turbo",
      defaultSteps: 4,
    });
    expect(await app.client.character.get.query({ characterId: "mira-solberg" })).toMatchObject({
      name: "My Mira",
    });
    expect(await db.select().from(visualStyles).where(eq(visualStyles.id, "anime"))).toHaveLength(1);
    expect(await db.select().from(generationModels)).toHaveLength(2);
  });

  test("does not bring back a sample project or a character that was deleted", async () => {
    const { items } = await app.client.project.list.query();
    await app.client.project.delete.mutate({ projectId: items[0]!.id });
    await app.client.character.delete.mutate({ characterId: "mira-solberg" });
    const before = await dump();
    await seed();
    expect(await dump()).toEqual(before);
    expect(existsSync(join(app.dataDir, "characters", "mira-solberg"))).toBe(false);
    expect((await app.client.project.list.query()).items).toEqual([]);
  });
});

describe("a server that has the file of the LoRA style", () => {
  test(
    "switches it on once; one that is switched off afterwards stays off",
    { timeout: 60_000 },
    async () => {
      await using equipped = await startTestApp({
        comfy: { files: { loras: ["styles/watercolor.safetensors"] } },
      });
      const isActive = async () =>
        (await equipped.client.style.get.query({ styleId: "watercolor-lora" })).isActive;
      await expect.poll(isActive, { timeout: 20_000 }).toBe(true);
      await equipped.client.style.update.mutate({ styleId: "watercolor-lora", isActive: false });
      const ready = () => equipped.client.queue.status.query().then((status) => status.lanes[0]?.state);
      await equipped.comfy.stop();
      const { projectId } = await equipped.project(1);
      await equipped.client.image.generate.mutate({ projectId });
      await expect.poll(ready, { timeout: 20_000 }).not.toBe("ready");
      await equipped.comfy.restart();
      await equipped.settled(projectId);
      expect(await isActive()).toBe(false);
    },
  );
});

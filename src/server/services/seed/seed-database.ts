import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import {
  characterImages,
  characters,
  generationModels,
  projectCast,
  projects,
  settings,
  visualStyles,
} from "@/server/db/schema";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { listSlots } from "@/server/workflow/list-slots";
import type { ServiceContext } from "../context";
import { insertSections } from "../project/insert-sections";
import { SEEDED_MODELS } from "./models";
import { SAMPLE } from "./sample-project";
import { SEEDED_STYLES } from "./styles";

const SAMPLE_MADE = "seed.sample";

/**
 * Models, styles and the sample project of a new installation. What exists is never touched, and a sample project
 * that was deleted does not come back.
 * @param sampleFolder where the pictures of the sample's characters lie
 */
export async function seedDatabase(
  ctx: Pick<ServiceContext, "database" | "library" | "images">,
  sampleFolder: string,
): Promise<void> {
  const { db } = ctx.database;
  for (const model of SEEDED_MODELS) {
    const { slots } = await ctx.library.load(
      workflowFileOf({ workflowFile: model.workflowFile ?? null, workflowType: model.workflowType }),
    );
    await db
      .insert(generationModels)
      .values({ ...model, slots: listSlots(slots), maxReferences: slots.maxReferences })
      .onConflictDoNothing();
  }
  await db.insert(visualStyles).values(SEEDED_STYLES).onConflictDoNothing();
  const [made] = await db.select().from(settings).where(eq(settings.key, SAMPLE_MADE));
  if (!made) await seedSample(ctx, sampleFolder);
}

async function seedSample(
  { database, images }: Pick<ServiceContext, "database" | "images">,
  sampleFolder: string,
): Promise<void> {
  const pictures = await Promise.all(
    SAMPLE.characters.map(async ({ id, file }) => {
      const imageId = `${id}-1`;
      return {
        id: imageId,
        characterId: id,
        ...(await images.storeReference(id, imageId, await readFile(join(sampleFolder, `${file}.webp`)))),
      };
    }),
  );
  await database.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(settings)
      .values({ key: SAMPLE_MADE, value: true })
      .onConflictDoNothing()
      .returning();
    if (!row) return;
    for (const { file: _, ...character } of SAMPLE.characters)
      await tx.insert(characters).values(character).onConflictDoNothing();
    for (const picture of pictures)
      await tx
        .insert(characterImages)
        .values({ ...picture, position: 0, isMain: true })
        .onConflictDoNothing();
    const { id, name, modelId, styleId } = SAMPLE;
    await tx.insert(projects).values({ id, name, modelId, styleId });
    await insertSections(tx, id, SAMPLE.sections, 0);
    for (const [position, { id: characterId }] of SAMPLE.characters.entries())
      await tx.insert(projectCast).values({ projectId: id, characterId, position });
  });
}

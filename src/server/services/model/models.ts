import { and, desc, eq, lt, or } from "drizzle-orm";
import { conflict, badRequest } from "@/lib/errors";
import type { Model, ModelCreate, ModelUpdate } from "@/lib/schemas/model";
import type { Db, Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { generationModels } from "@/server/db/schema";
import { DEFAULT_QUEUE } from "@/server/generation/job-queue";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { checkNameIsFree } from "../free-name";
import { pageSize, readCursor, toPage } from "../pages";
import { requireModel } from "../require-row";
import { readTestPictures } from "../test-pictures";
import { isUsed } from "../usage";
import { projectsOfModel, readUsage } from "./model-usage";
import { workflowFields } from "./workflow-of";

type ModelRow = typeof generationModels.$inferSelect;

const toModel = ({ createdAt, ...row }: ModelRow, previews: TestPictures = new Map()): Model => ({
  ...row,
  previewUrl: previews.get(row.id)?.url ?? null,
  createdAt: createdAt.toISOString(),
});

type TestPictures = Awaited<ReturnType<typeof readTestPictures>>;

async function withPreview(on: Db | Tx, row: ModelRow): Promise<Model> {
  return toModel(row, await readTestPictures(on, "model", [row.id]));
}

/** Models, newest first. */
export async function listModels(
  ctx: ServiceContext,
  input: { limit?: number | undefined; cursor?: string | undefined } = {},
) {
  const from = readCursor(input.cursor);
  const { createdAt, id } = generationModels;
  const rows = await ctx.database.db
    .select()
    .from(generationModels)
    .where(from ? or(lt(createdAt, from.at), and(eq(createdAt, from.at), lt(id, from.id))) : undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(pageSize(input.limit) + 1);
  const page = toPage(rows, input.limit, (row) => ({ at: row.createdAt, id: row.id }));
  const previews = await readTestPictures(
    ctx.database.db,
    "model",
    page.items.map((row) => row.id),
  );
  return { items: page.items.map((row) => toModel(row, previews)), nextCursor: page.nextCursor };
}

export async function getModel(ctx: ServiceContext, { modelId }: { modelId: string }): Promise<Model> {
  const { db } = ctx.database;
  return withPreview(db, await requireModel(db, modelId));
}

/** Makes a model on a workflow file that is there, on an uploaded one, or on the default of its type. */
export async function createModel(ctx: ServiceContext, given: ModelCreate): Promise<Model> {
  const { workflow: _workflow, slotChoices: _choices, ...input } = given;
  const id = input.id ?? newId();
  if (id === DEFAULT_QUEUE)
    throw badRequest(
      "model_id_reserved",
      `"${DEFAULT_QUEUE}" is the queue of jobs without a model.`,
      "id",
      "Choose another id.",
    );
  const category = input.workflowCategory ?? (input.workflowType === "image-to-video" ? "video" : "image");
  checkCategory(category, input.workflowType);
  await ctx.database.db.transaction((tx) => checkIsFree(tx, id, input.name));
  const model = { workflowType: input.workflowType, workflowCategory: category };
  const found = await workflowFields(ctx, id, given, model, null);
  const isImageToImage = input.workflowType === "image-to-image";
  return ctx.database.db.transaction(async (tx) => {
    await checkIsFree(tx, id, input.name);
    const [row] = await tx
      .insert(generationModels)
      .values({
        defaultSteps: isImageToImage ? 20 : 8,
        defaultCfg: isImageToImage ? 5 : 1,
        ...input,
        id,
        workflowCategory: category,
        ...found,
      })
      .returning();
    return toModel(row!);
  });
}

/** Changes a model; the pictures of all shots that run on it turn dirty where its workflow or size changed, unless they are kept. */
export async function updateModel(
  ctx: ServiceContext,
  { modelId, workflow, slotChoices, keepPictures, ...changes }: ModelUpdate,
): Promise<Model> {
  const before = await requireModel(ctx.database.db, modelId);
  if (workflow !== undefined && changes.workflowFile !== undefined)
    throw badRequest("workflow_twice", "Give either workflowFile or workflow, not both.", "workflow");
  const workflowType = changes.workflowType ?? before.workflowType;
  checkCategory(before.workflowCategory, workflowType);
  const { name } = changes;
  if (name !== undefined)
    await ctx.database.db.transaction((tx) => checkNameIsFree(tx, "model", name, modelId));
  // Only what changes the workflow looks into it: a model whose file is gone can still be renamed and switched off.
  const isOther =
    workflow !== undefined || changes.workflowFile !== undefined || changes.workflowType !== undefined;
  // Null asks for the default of its type: only what is not given stays as it is.
  const { workflowFile = before.workflowFile } = changes;
  const given = { workflow, slotChoices, workflowFile };
  const model = { workflowType, workflowCategory: before.workflowCategory };
  const found =
    isOther || slotChoices !== undefined ? await workflowFields(ctx, modelId, given, model, before) : {};
  const change = async (tx: Tx) => {
    if (name !== undefined) await checkNameIsFree(tx, "model", name, modelId);
    // What was not asked for is not written: another request may have changed it since it was read.
    const fields = { ...changes, ...found };
    const isNothing = Object.values(fields).every((value) => value === undefined);
    const [row] = isNothing
      ? []
      : await tx.update(generationModels).set(fields).where(eq(generationModels.id, modelId)).returning();
    return withPreview(tx, row ?? (await requireModel(tx, modelId)));
  };
  const projectIds = await projectsOfModel(ctx.database.db, modelId);
  return changeInputs(ctx, projectIds, change, undefined, keepPictures);
}

/** Deletes a model that nothing uses. */
export async function deleteModel(
  ctx: ServiceContext,
  { modelId }: { modelId: string },
): Promise<{ id: string }> {
  await ctx.database.db.transaction(async (tx) => {
    const model = await requireModel(tx, modelId);
    // Who is about to use it waits until this is done.
    await tx.select().from(generationModels).where(eq(generationModels.id, modelId)).for("update");
    const { projects, shots, styles, jobs } = await readUsage(tx, modelId);
    isUsed(`The model "${model.name}"`, "modelId", {
      projects: projects.length,
      shots,
      // One that went with this model alone would go with every model afterwards.
      styles: styles.length,
      "open jobs": jobs,
    });
    await tx.delete(generationModels).where(eq(generationModels.id, modelId));
  });
  return { id: modelId };
}

/** @throws ShotboardError where another model has the id or the name; the others wait until the transaction ends */
async function checkIsFree(tx: Tx, id: string, name: string): Promise<void> {
  await checkNameIsFree(tx, "model", name);
  const taken = await tx.$count(generationModels, eq(generationModels.id, id));
  if (taken > 0)
    throw conflict(
      "model_exists",
      `There is a model with the id "${id}" already.`,
      "id",
      "Choose another id.",
    );
}

function checkCategory(category: "image" | "video", type: Model["workflowType"]): void {
  const isVideo = type === "image-to-video";
  if (isVideo !== (category === "video"))
    throw badRequest(
      "category_mismatch",
      `A workflow of type ${type} is not of category ${category}.`,
      "workflowCategory",
      "Let both speak of images, or both of video.",
    );
}

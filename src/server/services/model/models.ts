import { count, eq, inArray, or, and, lt, desc } from "drizzle-orm";
import { conflict, badRequest } from "@/lib/errors";
import type { Model, ModelCreate, ModelUpdate } from "@/lib/schemas/model";
import { newId } from "@/server/db/new-id";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs, generationModels, projects, sentences } from "@/server/db/schema";
import { DEFAULT_QUEUE } from "@/server/generation/job-queue";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { requireModel } from "../require-row";
import { isUsed } from "../usage";
import { inspectWorkflow, saveWorkflow } from "./save-workflow";

type ModelRow = typeof generationModels.$inferSelect;

const toModel = ({ createdAt, ...row }: ModelRow): Model => ({ ...row, createdAt: createdAt.toISOString() });

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
  return { items: page.items.map(toModel), nextCursor: page.nextCursor };
}

export async function getModel(ctx: ServiceContext, { modelId }: { modelId: string }): Promise<Model> {
  return toModel(await requireModel(ctx.database.db, modelId));
}

/** Makes a model on a workflow file that is there, on an uploaded one, or on the default of its type. */
export async function createModel(ctx: ServiceContext, { workflow, ...input }: ModelCreate): Promise<Model> {
  const id = input.id ?? newId();
  if (id === DEFAULT_QUEUE)
    throw badRequest(
      "model_id_reserved",
      `"${DEFAULT_QUEUE}" is the queue of jobs without a model.`,
      "id",
      "Choose another id.",
    );
  const [taken] = await ctx.database.db
    .select({ id: generationModels.id })
    .from(generationModels)
    .where(eq(generationModels.id, id));
  if (taken)
    throw conflict(
      "model_exists",
      `There is a model with the id "${id}" already.`,
      "id",
      "Choose another id.",
    );
  const category = input.workflowCategory ?? (input.workflowType === "image-to-video" ? "video" : "image");
  checkCategory(category, input.workflowType);
  const workflowFile =
    workflow === undefined ? (input.workflowFile ?? null) : await saveWorkflow(ctx, id, workflow);
  const found = await inspectWorkflow(ctx, {
    workflowFile,
    workflowType: input.workflowType,
    workflowCategory: category,
  });
  const isImageToImage = input.workflowType === "image-to-image";
  const [row] = await ctx.database.db
    .insert(generationModels)
    .values({
      defaultSteps: isImageToImage ? 20 : 8,
      defaultCfg: isImageToImage ? 5 : 1,
      ...input,
      id,
      workflowCategory: category,
      workflowFile,
      ...found,
    })
    .returning();
  return toModel(row!);
}

/** Changes a model; the pictures of all shots that run on it turn dirty where its workflow or size changed. */
export async function updateModel(
  ctx: ServiceContext,
  { modelId, workflow, ...changes }: ModelUpdate,
): Promise<Model> {
  const before = await requireModel(ctx.database.db, modelId);
  if (workflow !== undefined && changes.workflowFile !== undefined)
    throw badRequest("workflow_twice", "Give either workflowFile or workflow, not both.", "workflow");
  const workflowType = changes.workflowType ?? before.workflowType;
  checkCategory(before.workflowCategory, workflowType);
  const workflowFile =
    workflow === undefined ? changes.workflowFile : await saveWorkflow(ctx, modelId, workflow);
  const next = {
    workflowFile: workflowFile === undefined ? before.workflowFile : workflowFile,
    workflowType,
    workflowCategory: before.workflowCategory,
  };
  // Only what changes the workflow looks into it: a model whose file is gone can still be renamed and switched off.
  const isOther = workflowFile !== undefined || changes.workflowType !== undefined;
  const found = isOther ? await inspectWorkflow(ctx, next) : {};
  return changeInputs(ctx, await projectsOfModel(ctx.database.db, modelId), async (tx) => {
    const [row] = await tx
      .update(generationModels)
      .set({ ...changes, ...next, ...found })
      .where(eq(generationModels.id, modelId))
      .returning();
    return toModel(row!);
  });
}

/** Deletes a model that nothing uses. */
export async function deleteModel(
  ctx: ServiceContext,
  { modelId }: { modelId: string },
): Promise<{ id: string }> {
  await ctx.database.db.transaction(async (tx) => {
    const model = await requireModel(tx, modelId);
    const [inProjects] = await tx
      .select({ count: count() })
      .from(projects)
      .where(eq(projects.modelId, modelId));
    const [inShots] = await tx
      .select({ count: count() })
      .from(sentences)
      .where(eq(sentences.modelId, modelId));
    const open = await tx
      .select({ input: generationJobs.input })
      .from(generationJobs)
      .where(inArray(generationJobs.status, ["queued", "running"]));
    const inJobs = open.filter((job) => job.input.modelId === modelId).length;
    isUsed(`The model "${model.name}"`, "modelId", {
      projects: inProjects!.count,
      shots: inShots!.count,
      "waiting jobs": inJobs,
    });
    await tx.delete(generationModels).where(eq(generationModels.id, modelId));
  });
  return { id: modelId };
}

/** Projects with shots that run on this model. */
async function projectsOfModel(on: Db | Tx, modelId: string): Promise<string[]> {
  const own = await on.select({ id: projects.id }).from(projects).where(eq(projects.modelId, modelId));
  const shots = await on
    .selectDistinct({ id: sentences.projectId })
    .from(sentences)
    .where(eq(sentences.modelId, modelId));
  return [...new Set([...own, ...shots].map((row) => row.id))];
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

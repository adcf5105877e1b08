import { eq, inArray } from "drizzle-orm";
import type { ModelUsage } from "@/lib/schemas/model";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs, projects, sentences, visualStyles } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { requireModel } from "../require-row";

/** What uses a model: projects and styles by name, shots of their own, and open jobs. */
export async function getModelUsage(
  ctx: ServiceContext,
  { modelId }: { modelId: string },
): Promise<ModelUsage> {
  await requireModel(ctx.database.db, modelId);
  return readUsage(ctx.database.db, modelId);
}

export async function readUsage(on: Db | Tx, modelId: string): Promise<ModelUsage> {
  const inProjects = await on
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(eq(projects.modelId, modelId))
    .orderBy(projects.name);
  const shots = await on.$count(sentences, eq(sentences.modelId, modelId));
  const styles = await on
    .select({ name: visualStyles.name, compatibleModels: visualStyles.compatibleModels })
    .from(visualStyles)
    .orderBy(visualStyles.name);
  const open = await on
    .select({ input: generationJobs.input })
    .from(generationJobs)
    .where(inArray(generationJobs.status, ["queued", "running"]));
  return {
    projects: inProjects,
    shots,
    styles: styles.filter((one) => one.compatibleModels.includes(modelId)).map((one) => one.name),
    jobs: open.filter((job) => job.input.modelId === modelId).length,
  };
}

/** Projects with shots that run on this model. */
export async function projectsOfModel(on: Db | Tx, modelId: string): Promise<string[]> {
  const own = await on.select({ id: projects.id }).from(projects).where(eq(projects.modelId, modelId));
  const shots = await on
    .selectDistinct({ id: sentences.projectId })
    .from(sentences)
    .where(eq(sentences.modelId, modelId));
  return [...new Set([...own, ...shots].map((row) => row.id))];
}

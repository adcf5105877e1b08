import { eq, inArray } from "drizzle-orm";
import type { StyleUsage } from "@/lib/schemas/style";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs, projects, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { requireStyle } from "../require-row";

/** What uses a style: projects by name, shots of their own, and jobs that were asked for in it. */
export async function getStyleUsage(
  ctx: ServiceContext,
  { styleId }: { styleId: string },
): Promise<StyleUsage> {
  await requireStyle(ctx.database.db, styleId);
  return readUsage(ctx.database.db, styleId);
}

export async function readUsage(on: Db | Tx, styleId: string): Promise<StyleUsage> {
  const inProjects = await on
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(eq(projects.styleId, styleId))
    .orderBy(projects.name);
  const shots = await on.$count(sentences, eq(sentences.styleId, styleId));
  const open = await on
    .select({ status: generationJobs.status, input: generationJobs.input, plan: generationJobs.plan })
    .from(generationJobs)
    .where(inArray(generationJobs.status, ["queued", "running"]));
  const jobs = open.filter(
    ({ status, input: { overrides }, plan }) =>
      overrides.styleId === styleId ||
      overrides.style?.trim().toLowerCase() === styleId ||
      (status === "running" && plan?.styleId === styleId),
  ).length;
  return { projects: inProjects, shots, jobs };
}

/** Projects with shots that use this style. */
export async function projectsOfStyle(on: Db | Tx, styleId: string): Promise<string[]> {
  const own = await on.select({ id: projects.id }).from(projects).where(eq(projects.styleId, styleId));
  const shots = await on
    .selectDistinct({ id: sentences.projectId })
    .from(sentences)
    .where(eq(sentences.styleId, styleId));
  return [...new Set([...own, ...shots].map((row) => row.id))];
}

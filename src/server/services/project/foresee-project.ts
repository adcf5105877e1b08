import type { z } from "zod";
import type { Foresight } from "@/lib/schemas/common";
import type { projectUpdateInput } from "@/lib/schemas/project";
import { foreseeDirty } from "@/server/generation/foresee-dirty";
import type { ServiceContext } from "../context";
import { requireModel, requireProject, requireStyle } from "../require-row";

/** How many shots a change of a project's model, style or size would make dirty; nothing is changed. */
export async function foreseeProject(
  ctx: ServiceContext,
  { projectId, modelId, styleId, width, height }: z.infer<typeof projectUpdateInput>,
): Promise<Foresight> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  if (modelId) await requireModel(db, modelId);
  if (styleId) await requireStyle(db, styleId);
  return foreseeDirty(ctx, [projectId], ({ project, ...inputs }) => ({
    ...inputs,
    project: {
      modelId: modelId === undefined ? project.modelId : modelId,
      styleId: styleId === undefined ? project.styleId : styleId,
      width: width ?? project.width,
      height: height ?? project.height,
    },
  }));
}

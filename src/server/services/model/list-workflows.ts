import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { generationModels } from "@/server/db/schema";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { workflowPathParts } from "@/server/workflow/workflow-path";
import type { ServiceContext } from "../context";

/** Files that are listed at most. */
const MOST = 1_000;

/** The workflow files that a model can be made on, with how many models each has. */
export async function listWorkflows(
  ctx: ServiceContext,
): Promise<{ items: { file: string; models: number }[] }> {
  const found = await Promise.all(ctx.library.roots.map(listRoot));
  const rows = await ctx.database.db
    .select({
      workflowFile: generationModels.workflowFile,
      workflowType: generationModels.workflowType,
    })
    .from(generationModels);
  const used = rows.map(workflowFileOf);
  const files = [...new Set(found.flat())].toSorted().slice(0, MOST);
  return { items: files.map((file) => ({ file, models: used.filter((one) => one === file).length })) };
}

/** Paths as `workflowFile` has them; what could not be loaded by its name is left out. */
async function listRoot(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `workflows/${relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")}`)
    .filter(canBeNamed);
}

function canBeNamed(file: string): boolean {
  try {
    workflowPathParts(file);
    return true;
  } catch (error) {
    if (error instanceof WorkflowError) return false;
    throw error;
  }
}

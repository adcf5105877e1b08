import { badRequest } from "@/lib/errors";
import { pathInside } from "@/server/image-store/path-inside";
import { writeFileSafely } from "@/server/image-store/write-file";
import { hashWorkflow } from "@/server/workflow/hash-workflow";
import { parseWorkflow } from "@/server/workflow/parse-workflow";
import { WorkflowError } from "@/server/workflow/workflow-error";
import type { ServiceContext } from "../context";

/**
 * Keeps a workflow in API format in the data folder; answers its `workflowFile`. Its name carries its hash, so a job
 * that runs on the old one is not disturbed.
 */
export async function saveWorkflow(
  ctx: Pick<ServiceContext, "dataDir">,
  modelId: string,
  text: string,
): Promise<string> {
  const hash = hashWorkflow(parseWorkflow(text));
  const file = `workflows/${modelId}-${hash.slice(0, 12)}.json`;
  await writeFileSafely(pathInside(ctx.dataDir, file), Buffer.from(text));
  return file;
}

/** A workflow's error as the answer to a request, at the field it came in by. */
export async function atField<T>(field: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    throw badRequest(error.code, error.message, field, error.remedy);
  }
}

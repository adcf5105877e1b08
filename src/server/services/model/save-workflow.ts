import { join } from "node:path";
import { badRequest } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Model } from "@/lib/schemas/model";
import { workflowFileOf } from "@/server/generation/workflow-library";
import { listSlots } from "@/server/workflow/list-slots";
import { writeFileSafely } from "@/server/image-store/write-file";
import { hashWorkflow } from "@/server/workflow/hash-workflow";
import { readWorkflow } from "@/server/workflow/load-workflow";
import { parseWorkflow } from "@/server/workflow/parse-workflow";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { workflowPathParts } from "@/server/workflow/workflow-path";
import type { ServiceContext } from "../context";

/**
 * Checks an uploaded workflow and keeps it in the data folder; answers its `workflowFile`. Its name carries its
 * hash, so a job that runs on the old one is not disturbed.
 */
export async function saveWorkflow(
  ctx: ServiceContext,
  modelId: string,
  text: string,
  category: Model["workflowCategory"],
): Promise<string> {
  if (Buffer.byteLength(text) > LIMITS.workflowBytes)
    throw badRequest("workflow_too_large", "A workflow file has at most 10 MB.", "workflow");
  // A video's workflow has no picture at its end: it is kept as it is.
  const hash = await atField("workflow", () =>
    category === "video" ? hashWorkflow(parseWorkflow(text)) : readWorkflow(text).hash,
  );
  const file = `workflows/${modelId}-${hash.slice(0, 12)}.json`;
  await writeFileSafely(join(ctx.dataDir, ...file.split("/")), Buffer.from(text));
  return file;
}

/** The slots of a model's workflow, and how many references it takes. Video workflows are not looked into. */
export async function inspectWorkflow(
  ctx: ServiceContext,
  model: Pick<Model, "workflowFile" | "workflowType" | "workflowCategory">,
): Promise<Pick<Model, "slots" | "maxReferences">> {
  if (model.workflowCategory === "video") {
    const { workflowFile } = model;
    if (workflowFile !== null) await atField("workflowFile", () => workflowPathParts(workflowFile));
    return { slots: [], maxReferences: 0 };
  }
  const { slots } = await atField("workflowFile", () => ctx.library.load(workflowFileOf(model)));
  return { slots: listSlots(slots), maxReferences: slots.maxReferences };
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

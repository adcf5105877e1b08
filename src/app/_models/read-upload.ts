import { LIMITS } from "@/lib/limits";
import { readWorkflowFile } from "@/lib/workflow-file/read-workflow-file";
import { WorkflowFileError } from "@/lib/workflow-file/workflow-file-error";
import { bytes } from "../_ui/wording";
import type { UploadedWorkflow } from "./model-values";

/** What a picture may have that a workflow is in. */
const PICTURE_BYTES = 200 * 1024 * 1024;

let uploads = 0;

/** A workflow's text as an upload under that name, or why it is not taken. */
export function asUpload(name: string, text: string): UploadedWorkflow | string {
  const { size } = new Blob([text]);
  if (size > LIMITS.workflowBytes) return `“${name}” has ${bytes(size)}; a workflow has at most 10 MB.`;
  uploads += 1;
  return { name, text, size, key: `upload ${uploads}` };
}

/** The workflow in a chosen file, or why it is not taken; a file that is too large is not read. */
export async function readUpload(file: File): Promise<UploadedWorkflow | string> {
  const isText = /\.json$/i.test(file.name);
  if (file.size > (isText ? LIMITS.workflowBytes : PICTURE_BYTES))
    return `“${file.name}” has ${bytes(file.size)}; ${isText ? "a workflow file has at most 10 MB" : "a picture has at most 200 MB"}.`;
  const content = await file.arrayBuffer().catch(() => null);
  // A folder, or a file that went away meanwhile.
  if (!content) return `“${file.name}” cannot be read. Choose a file that is there.`;
  try {
    return asUpload(file.name, await readWorkflowFile(new Uint8Array(content)));
  } catch (error) {
    if (error instanceof WorkflowFileError) return `“${file.name}”: ${error.message}`;
    throw error;
  }
}

import { LIMITS } from "@/lib/limits";
import { bytes } from "../_ui/wording";
import type { UploadedWorkflow } from "./model-values";

let uploads = 0;

/** The text of a chosen file, or why it is not taken; a file that is too large is not read. */
export async function readUpload(file: File): Promise<UploadedWorkflow | string> {
  if (file.size > LIMITS.workflowBytes)
    return `“${file.name}” has ${bytes(file.size)}; a workflow file has at most 10 MB.`;
  try {
    const text = await file.text();
    uploads += 1;
    return { name: file.name, text, size: file.size, key: `upload ${uploads}` };
  } catch {
    // A folder, or a file that went away meanwhile.
    return `“${file.name}” cannot be read. Choose a .json file that is there.`;
  }
}

import { WorkflowError } from "./workflow-error";

const MAX_LENGTH = 300;
/** Names that Windows takes for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Control characters, and what has a meaning of its own in paths or names of some system. */
const FORBIDDEN = /[\p{Cc}\\:*?"<>|]/u;

/**
 * The parts of a `workflowFile` below a workflows folder: `workflows/image/x.json` and `image/x.json` both give
 * `["image", "x.json"]`. Throws `workflow_path` for anything that could lead elsewhere, on any system.
 */
export function workflowPathParts(file: string): string[] {
  const all = file.split("/");
  const parts = all[0] === "workflows" && all.length > 1 ? all.slice(1) : all;
  const isSafe =
    file.length <= MAX_LENGTH &&
    !FORBIDDEN.test(file) &&
    parts.every((part) => part !== "" && !/[. ]$/.test(part) && !/^[. ]/.test(part) && !DEVICE.test(part));
  if (!isSafe) {
    throw workflowPathError(
      "A workflow file is named by its path inside a workflows folder, with / between.",
    );
  }
  if (!/\.json$/i.test(file)) throw workflowPathError("A workflow file is a .json file.");
  return parts;
}

/** The refusal of a `workflowFile` that is not a path inside a workflows folder. */
export function workflowPathError(message: string, cause?: unknown): WorkflowError {
  return new WorkflowError("workflow_path", message, {
    field: "workflowFile",
    remedy: 'Write it like "workflows/image/my-workflow.json".',
    cause,
  });
}

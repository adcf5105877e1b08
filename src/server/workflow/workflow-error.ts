/** What is wrong with a workflow, in a word that programs can rely on. */
export type WorkflowErrorCode =
  | "workflow_not_json"
  | "workflow_not_api_format"
  | "workflow_too_large"
  | "workflow_broken_file"
  | "workflow_needs_script"
  | "workflow_broken_link"
  | "workflow_cycle"
  | "workflow_no_output"
  | "workflow_no_sampler"
  | "workflow_no_prompt"
  | "workflow_is_video"
  | "workflow_needs_reference"
  | "workflow_slots_outdated"
  | "workflow_title_misplaced"
  | "workflow_path"
  | "workflow_not_found"
  | "workflow_unreadable";

interface WorkflowErrorDetails {
  /** Where it is: `nodeId.inputs.name` inside a graph, or the name of an input field. */
  field?: string | null;
  /** What the user can do about it, as a sentence. */
  remedy?: string | null;
  cause?: unknown;
}

/** A workflow that cannot be used. The message is a sentence for the user. */
export class WorkflowError extends Error {
  readonly code: WorkflowErrorCode;
  readonly field: string | null;
  readonly remedy: string | null;

  constructor(code: WorkflowErrorCode, message: string, details: WorkflowErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "WorkflowError";
    this.code = code;
    this.field = details.field ?? null;
    this.remedy = details.remedy ?? null;
  }
}

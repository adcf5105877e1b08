/** Why a file holds no workflow, as a sentence that says what was expected. */
export class WorkflowFileError extends Error {
  override readonly name = "WorkflowFileError";
}

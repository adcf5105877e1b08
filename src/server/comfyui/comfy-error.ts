/** What went wrong with ComfyUI, for programs. */
export type ComfyErrorCode =
  | "unreachable"
  | "not_comfyui"
  | "server_error"
  | "missing_file"
  | "missing_node_type"
  | "invalid_workflow"
  | "out_of_memory"
  | "gpu_error"
  | "disk_full"
  | "execution_failed"
  | "no_output"
  | "file_gone"
  | "stalled"
  | "refused"
  | "upload_failed"
  | "too_large";

/**
 * What to do about it: `transient` may work when tried again, `permanent` fails the same way each time,
 * `lane` is the server's own trouble: every other job would fail there too, so the lane pauses.
 */
export type ComfyErrorKind = "transient" | "permanent" | "lane";

interface ComfyErrorMore {
  remedy?: string | null;
  field?: string | null;
  details?: unknown;
  cause?: unknown;
}

/** An error of ComfyUI or of the way to it. `message` is one sentence for the user, `remedy` says what to do. */
export class ComfyError extends Error {
  override readonly name = "ComfyError";
  readonly code: ComfyErrorCode;
  readonly kind: ComfyErrorKind;
  readonly remedy: string | null;
  /** The input of the workflow that is at fault, e.g. `unet_name`, where there is one. */
  readonly field: string | null;
  /** What ComfyUI said, for the log. */
  readonly details: unknown;

  constructor(code: ComfyErrorCode, kind: ComfyErrorKind, message: string, more: ComfyErrorMore = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.kind = kind;
    this.remedy = more.remedy ?? null;
    this.field = more.field ?? null;
    this.details = more.details;
  }
}

/** The disk of ComfyUI's machine is full. `details` is what ComfyUI said of it. */
export const diskFullError = (details: unknown): ComfyError =>
  new ComfyError("disk_full", "lane", "The disk of the ComfyUI machine is full.", {
    remedy: "Free some space there; the queue goes on by itself.",
    details,
  });

/** Whether a server did not answer as it should, or not within the time it was given; all else is our own fault. */
export const isAway = (error: unknown): boolean =>
  error instanceof ComfyError || (error instanceof Error && error.name === "TimeoutError");

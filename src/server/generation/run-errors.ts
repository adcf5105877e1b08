import { diskProblemOf } from "@/lib/disk-problem";
import { ShotboardError } from "@/lib/errors";
import type { Failure } from "@/lib/schemas/common";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { isDatabaseAway } from "@/lib/database-away";
import { PictureError } from "@/server/image-store/picture-format";

/** The user asked to stop this job. */
export class CancelledError extends Error {
  override name = "CancelledError";
}

/** Another owner works on this job now: whatever we have is late and is dropped. */
export class FencedError extends Error {
  override name = "FencedError";
}

/** The lane takes no more, since it is in trouble or its process ends: the job goes back. Its message is the job's step. */
export class StoppingError extends Error {
  override name = "StoppingError";
}

/** The job cannot succeed as things are. */
export class JobFailure extends Error {
  override name = "JobFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * What to do about an error. `transient`: again, at most three attempts in all. `permanent`: the job fails at
 * once. `lane`: the job goes back uncounted and the lane pauses.
 */
export interface Sorted {
  kind: "transient" | "permanent" | "lane";
  failure: Failure;
}

/** Codes that would mean something else on our own side. */
const COMFYUI_CODES: Partial<Record<string, string>> = { disk_full: "comfyui_disk_full" };

/** Sorts whatever an attempt threw. */
export function sortError(error: unknown): Sorted {
  if (error instanceof JobFailure) return { kind: "permanent", failure: error.failure };
  if (error instanceof ComfyError)
    return {
      kind: error.kind,
      failure: {
        code: COMFYUI_CODES[error.code] ?? error.code,
        message: error.message,
        field: error.field,
        remedy: error.remedy,
      },
    };
  if (error instanceof PictureError)
    return failed("transient", "picture_broken", error.message, "Trying again usually helps.");
  if (isDatabaseAway(error))
    return failed(
      "lane",
      "database_away",
      "Shotboard's database does not answer.",
      "See whether PostgreSQL runs; the queue goes on by itself.",
    );
  // A file that another program holds open, a name that leads out of the data folder: it says itself what to do.
  if (error instanceof ShotboardError) {
    const { reason, message, field, remedy } = error;
    return { kind: "permanent", failure: { code: reason, message, field, remedy } };
  }
  const disk = diskProblemOf(error);
  if (disk) return failed("lane", disk.code, disk.message, disk.remedy);
  return failed(
    "transient",
    "internal",
    "Something went wrong inside Shotboard.",
    "The log says what. Trying again may help.",
  );
}

const failed = (kind: Sorted["kind"], code: string, message: string, remedy: string): Sorted => ({
  kind,
  failure: { code, message, field: null, remedy },
});

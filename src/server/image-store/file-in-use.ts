import { ShotboardError } from "@/lib/errors";

/** One file cannot be written or read although the data folder can: what is wrong is about that file alone. */
export class FileInUseError extends ShotboardError {
  /** @param file relative to DATA_DIR */
  constructor(file: string, cause: unknown) {
    super("CONFLICT", `Another program holds the file ${file} open, or it must not be written.`, {
      reason: "file_in_use",
      remedy: "Close the program that has it open (a video editor, a virus scanner), then try again.",
    });
    this.cause = cause;
  }
}

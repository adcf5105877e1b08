import { forgetPrompt } from "./claim";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import { JobFailure } from "./run-errors";

/** A prompt that ComfyUI died over this often, with nothing else made between, is not given to it again. */
const CRASHES_MAX = 2;

/**
 * Notes that ComfyUI died while it had this job's prompt.
 * @throws JobFailure when it did so too often
 */
export async function countCrash(ctx: GenerationContext, job: JobRow): Promise<void> {
  const crashes = job.crashes + 1;
  await forgetPrompt(ctx, job, crashes);
  if (crashes < CRASHES_MAX) return;
  throw new JobFailure({
    code: "crashes_comfyui",
    message: `ComfyUI died ${crashes} times while making this picture, so it was set aside.`,
    field: null,
    remedy: "Try another model or a smaller size, then generate it again.",
  });
}

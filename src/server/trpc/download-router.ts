import { downloadInput, downloadPlanSchema, downloadPrepareOutput } from "@/lib/schemas/download";
import { planDownload } from "@/server/services/download/plan-download";
import { prepareDownload } from "@/server/services/download/prepare-download";
import { procedure, router } from "./procedure";

export const downloadRouter = router({
  /** What a ZIP of pictures would hold, its size, and which shots are missing, changed, failed or the demo's. */
  plan: procedure
    .input(downloadInput)
    .output(downloadPlanSchema)
    .query(({ ctx, input }) => planDownload(ctx.services, input)),
  /** An address to fetch the ZIP from, for ten minutes, and what it will hold. */
  prepare: procedure
    .input(downloadInput)
    .output(downloadPrepareOutput)
    .mutation(({ ctx, input }) => prepareDownload(ctx.services, input)),
});

import { downloadInput, downloadPlanSchema, downloadPrepareOutput } from "@/lib/schemas/download";
import { planDownload, prepareDownload } from "@/server/services/download/plan-download";
import { procedure, router } from "./procedure";

export const downloadRouter = router({
  /** What a download would hold, and which shots are missing, dirty, failed or of the demo renderer. */
  plan: procedure
    .input(downloadInput)
    .output(downloadPlanSchema)
    .query(({ ctx, input }) => planDownload(ctx.services, input)),
  /** The same with an address from which the ZIP is fetched, within ten minutes. */
  prepare: procedure
    .input(downloadInput)
    .output(downloadPrepareOutput)
    .mutation(({ ctx, input }) => prepareDownload(ctx.services, input)),
});

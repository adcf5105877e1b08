import * as proof from "@/lib/schemas/proof";
import { listProofs, makeProofs } from "@/server/services/image/proofs";
import { foreseeProofs, useProofs } from "@/server/services/image/use-proofs";
import { procedure, router } from "./procedure";

export const proofRouter = router({
  /** Queues a proof of each sentence in each style; nothing that the sentences show changes by it. */
  make: procedure
    .input(proof.proofInput)
    .output(proof.proofOutput)
    .mutation(({ ctx, input }) => makeProofs(ctx.services, input)),
  /** The newest proof of each sentence and style, and the sheet that was asked for last. */
  list: procedure
    .input(proof.proofListInput)
    .output(proof.proofListOutput)
    .query(({ ctx, input }) => listProofs(ctx.services, input)),
  /** What using a style would do to pictures; nothing is changed. */
  foresee: procedure
    .input(proof.proofUseInput)
    .output(proof.proofForesightSchema)
    .query(({ ctx, input }) => foreseeProofs(ctx.services, input)),
  /** Makes a style the project's, or some sentences' own; fitting proofs are shown at once. */
  use: procedure
    .input(proof.proofUseInput)
    .output(proof.proofUseOutput)
    .mutation(({ ctx, input }) => useProofs(ctx.services, input)),
});

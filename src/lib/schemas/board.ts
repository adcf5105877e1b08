import { z } from "zod";
import type { PackedRows } from "../board/pack-rows";
import { LIMITS } from "../limits";
import { projectSchema } from "./project";
import { sectionSchema } from "./sentence";

/** A project for a page: whole, but packed (`packBoard`), and where its events go on from it. */
export const packedBoardSchema = projectSchema.omit({ sections: true }).extend({
  sections: z.array(sectionSchema.extend({ count: z.int() })).max(LIMITS.sentencesPerProject),
  /** All sentences in board order. */
  sentences: z.custom<PackedRows>(),
  /** For `events.onProject`: what happened after it is not in here yet. */
  eventId: z.string(),
});
export type PackedBoard = z.infer<typeof packedBoardSchema>;

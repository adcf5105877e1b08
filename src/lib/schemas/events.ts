import { z } from "zod";
import { idSchema } from "./common";
import { jobSchema } from "./job";
import { queueStatusSchema } from "./queue";
import { sentenceSchema } from "./sentence";

/** What of a sentence changes while pictures are made. */
export const sentenceStateSchema = sentenceSchema.pick({
  id: true,
  status: true,
  isImageDirty: true,
  imageFile: true,
  imageUrl: true,
  selectedTakeId: true,
  shownTake: true,
  seed: true,
  job: true,
  openJobs: true,
  failedJobs: true,
  error: true,
});
export type SentenceState = z.infer<typeof sentenceStateSchema>;

export const projectEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("snapshot"),
    sentences: z.array(sentenceStateSchema),
    queue: queueStatusSchema,
  }),
  z.object({ type: z.literal("sentence"), sentence: sentenceStateSchema }),
  z.object({ type: z.literal("job"), job: jobSchema }),
  z.object({ type: z.literal("queue"), queue: queueStatusSchema }),
  /** Sections, sentences or settings changed: fetch the project again. */
  z.object({ type: z.literal("structure") }),
  z.object({ type: z.literal("projectDeleted") }),
]);
export type ProjectEvent = z.infer<typeof projectEventSchema>;

export const onProjectInput = z.strictObject({
  projectId: idSchema,
  /** Where to go on after a cut; set by the client itself. */
  lastEventId: z.string().max(200).nullish(),
});

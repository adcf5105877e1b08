import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema } from "./common";

const fields = {
  /** These shots; all of the section, or of the project, when left out. */
  sentenceIds: z
    .array(idSchema)
    .min(1, "Give at least one sentence.")
    .max(LIMITS.sentenceIds, `At most ${LIMITS.sentenceIds.toLocaleString("en")} sentences at once.`)
    .optional(),
  sectionId: idSchema.optional(),
  /** As rendered, or cropped from the middle to exactly this size in pixels. */
  size: z.enum(["rendered", "1920x1080"]).optional(),
  /** Keep what ComfyUI wrote into the PNGs: the prompt and the whole workflow. */
  withMetadata: z.boolean().optional(),
};

export const downloadInput = z
  .strictObject({ projectId: idSchema, ...fields })
  .refine((input) => !(input.sentenceIds && input.sectionId), {
    message: "Give either sentenceIds or sectionId, not both.",
    path: ["sectionId"],
  });
export type DownloadInput = z.infer<typeof downloadInput>;

/** REST's body: all but projectId, which stands in the path. */
export const downloadBody = z.strictObject(fields);

/** The same behind a `?`: ids with commas between, `true` or `false`. */
export const downloadQuery = z.strictObject({
  sentenceIds: z
    .string()
    .max(16_000, "Send longer lists in a POST.")
    .transform((ids) => ids.split(","))
    .optional(),
  sectionId: fields.sectionId,
  size: fields.size,
  withMetadata: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});

const named = z
  .array(z.object({ number: z.int(), sentenceId: idSchema, text: z.string() }))
  .max(LIMITS.sentenceIds);

/** What a download holds, and what is to be known before it starts. */
export const downloadPlanSchema = z.object({
  fileName: z.string(),
  /** Pictures in it. */
  pictures: z.int(),
  /** Bytes of the pictures as they are stored; a little more than the download will have. */
  bytes: z.int(),
  /** Shots without a picture, or whose file is gone: they are left out. */
  missing: named,
  /** Shots that changed since their picture was made. */
  dirty: named,
  /** Shots that failed last, over an older picture. */
  failed: named,
  /** Shots whose picture the demo renderer painted. */
  demo: named,
});
export type DownloadPlan = z.infer<typeof downloadPlanSchema>;

export const downloadPrepareOutput = downloadPlanSchema.extend({
  /** Where the ZIP is fetched, within ten minutes. */
  url: z.string(),
});

import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema } from "./common";

/** rendered: as it was made · 1920x1080: cut from the middle to exactly this size. */
const downloadSizeSchema = z.enum(["rendered", "1920x1080"]);

const options = {
  size: downloadSizeSchema.optional(),
  /** Keep the text chunks of the PNGs, in which ComfyUI writes workflow and prompt. */
  withMetadata: z.boolean().optional(),
};
const fields = z.strictObject({
  /** These shots only. */
  sentenceIds: z
    .array(idSchema)
    .min(1, "Give at least one sentence.")
    .max(LIMITS.sentenceIds, `At most ${LIMITS.sentenceIds.toLocaleString("en")} sentences at once.`)
    .optional(),
  /** The shots of this section only. */
  sectionId: idSchema.optional(),
  ...options,
});
const isOnePart = (input: { sentenceIds?: unknown; sectionId?: unknown }) =>
  input.sentenceIds === undefined || input.sectionId === undefined;
const ONE_PART = { message: "Give either sentenceIds or sectionId, not both.", path: ["sectionId"] };

/** Which pictures of a project, and how: all of them as rendered unless told. */
export const downloadInput = fields.extend({ projectId: idSchema }).refine(isOnePart, ONE_PART);
export type DownloadInput = z.infer<typeof downloadInput>;

/** REST's body: all of `download.plan` but projectId, which stands in the path. */
export const downloadBody = fields.refine(isOnePart, ONE_PART);

/** The same in an address, for curl and links. */
export const downloadQuery = z.strictObject({
  sectionId: idSchema.optional(),
  size: downloadSizeSchema.optional(),
  withMetadata: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
});

/** A prepared download, by its id. */
export const downloadGetInput = z.strictObject({ downloadId: idSchema });

const shots = z
  .array(
    z.object({
      /** Place on the whole board, from 1. */
      number: z.int(),
      sentenceId: idSchema,
      text: z.string(),
    }),
  )
  .max(LIMITS.sentencesPerProject);

const planFields = {
  /** Name of the ZIP. */
  fileName: z.string(),
  /** Pictures in the ZIP. */
  pictures: z.int(),
  /** Bytes of these pictures as they are stored: about what a ZIP of them as rendered has. */
  bytes: z.int(),
  /** Shots without a picture, or whose file is gone: they are in `shots.csv` alone. */
  missing: shots,
  /** Shots whose picture in the ZIP no longer matches what it was made from. */
  dirty: shots,
  /** Shots whose last try failed: the ZIP has their older picture. */
  failed: shots,
  /** Shots whose picture in the ZIP is the demo renderer's. */
  demo: shots,
};

export const downloadPlanSchema = z.object(planFields);
export type DownloadPlan = z.infer<typeof downloadPlanSchema>;

export const downloadPrepareOutput = z.object({
  /** Where the ZIP is to be had with GET, for ten minutes. */
  url: z.string(),
  ...planFields,
});
export type DownloadPrepared = z.infer<typeof downloadPrepareOutput>;

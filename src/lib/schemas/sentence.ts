import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { failureSchema, freeTextSchema, idSchema, seedSchema, textSchema } from "./common";
import { jobSchema } from "./job";
import { rendererSchema } from "./take";

export const sentenceStatusSchema = z.enum(["pending", "generating", "completed", "failed"]);
export type SentenceStatus = z.infer<typeof sentenceStatusSchema>;

/** One shot. */
export const sentenceSchema = z.object({
  id: idSchema,
  sectionId: idSchema,
  /** Place within its section, from 0. */
  position: z.int(),
  text: z.string(),
  /** The sentence's own image prompt; null = its text is the prompt. */
  imagePrompt: z.string().nullable(),
  modelId: idSchema.nullable(),
  styleId: idSchema.nullable(),
  seed: z.number().nullable(),
  isSeedLocked: z.boolean(),
  isLocked: z.boolean(),
  status: sentenceStatusSchema,
  isImageDirty: z.boolean(),
  /** Path of the picture relative to DATA_DIR. */
  imageFile: z.string().nullable(),
  imageUrl: z.string().nullable(),
  selectedTakeId: idSchema.nullable(),
  /** What the picture that is shown was made with; null where there is none. */
  shownTake: z
    .object({
      renderer: rendererSchema,
      modelId: idSchema.nullable(),
      styleId: idSchema.nullable(),
      /** Whether the shot's own prompt is not in the one that it was made from. */
      isPromptChanged: z.boolean(),
    })
    .nullable(),
  /** The characters chosen by hand; null = those found in the text. */
  characterIds: z.array(idSchema).max(100).nullable(),
  /** Marked while culling, to come back to. */
  isFlagged: z.boolean(),
  /** Milliseconds from the start of the video, where a subtitle gave them. */
  startMs: z.int().nullable(),
  endMs: z.int().nullable(),
  job: jobSchema.nullable(),
  error: failureSchema.nullable(),
  version: z.int(),
});
export type Sentence = z.infer<typeof sentenceSchema>;

const changes = {
  text: textSchema.optional(),
  imagePrompt: freeTextSchema.nullable().optional(),
  seed: seedSchema.nullable().optional(),
  isSeedLocked: z.boolean().optional(),
  isLocked: z.boolean().optional(),
  isFlagged: z.boolean().optional(),
  modelId: idSchema.nullable().optional(),
  styleId: idSchema.nullable().optional(),
  characterIds: z.array(idSchema).max(100).nullable().optional(),
  /** The version that was edited; another one stored meanwhile is a conflict. */
  version: z.int().optional(),
};

export const sentenceUpdateInput = z.strictObject({ sentenceId: idSchema, ...changes });
export type SentenceUpdate = z.infer<typeof sentenceUpdateInput>;

export const sentenceUpdateManyInput = z.strictObject({
  projectId: idSchema,
  sentences: z
    .array(sentenceUpdateInput)
    .min(1)
    .max(LIMITS.updateMany, `At most ${LIMITS.updateMany} sentences at once.`),
});
export const sentenceUpdateManyOutput = z.object({
  updated: z.int(),
  sentences: z.array(sentenceSchema).max(LIMITS.updateMany),
});

export const sentenceGetInput = z.strictObject({ sentenceId: idSchema });

export const sentenceCreateInput = z.strictObject({
  sectionId: idSchema,
  text: textSchema,
  imagePrompt: freeTextSchema.nullable().optional(),
  /** Place within the section, from 0; at its end when left out. */
  position: z.int().min(0).max(LIMITS.sentencesPerProject).optional(),
});

export const sentenceDeleteInput = z.strictObject({ sentenceId: idSchema });

export const sectionSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  title: z.string(),
  position: z.int(),
});
export type Section = z.infer<typeof sectionSchema>;

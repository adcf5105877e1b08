import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import {
  failureSchema,
  freeTextSchema,
  idSchema,
  keepPicturesSchema,
  pageOf,
  seedSchema,
  textSchema,
  timeSchema,
} from "./common";
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
  /** Pictures of it that are in line or being painted. */
  openJobs: z.int(),
  /** Pictures of it that were asked for together, or while others were in line, and could not be made. */
  failedJobs: z.int(),
  /** Why the last picture could not be made; beside a status other than `failed`, why not all of several takes could. */
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
  keepPictures: keepPicturesSchema,
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

/** Some sentences of one project. */
export const sentencesInput = z.strictObject({
  projectId: idSchema,
  sentenceIds: z.array(idSchema).min(1, "Give at least one sentence.").max(LIMITS.sentenceIds),
});
/** What a model or style of their own would do to them. */
export const sentenceForeseeInput = sentencesInput.extend({
  modelId: changes.modelId,
  styleId: changes.styleId,
});

export const sentenceShelveOutput = z.object({ shelved: z.int() });
export const sentenceRestoreOutput = z.object({ restored: z.int() });
/** A sentence that was taken off the board, with the section it stood in. */
const shelvedSentenceSchema = sentenceSchema.extend({ sectionTitle: z.string(), shelvedAt: timeSchema });

export const sentenceShelfOutput = pageOf(shelvedSentenceSchema);

export const sentenceMoveInput = z.strictObject({
  projectId: idSchema,
  /** All are taken out first, then put in one by one, in this order. */
  moves: z
    .array(
      z.strictObject({
        sentenceId: idSchema,
        sectionId: idSchema,
        /** Among the sentences of that section that are shown, from 0; behind all of them where there are fewer. */
        position: z.int().min(0).max(LIMITS.sentencesPerProject),
      }),
    )
    .min(1, "Give at least one sentence.")
    .max(LIMITS.sentenceIds)
    .refine((moves) => new Set(moves.map((one) => one.sentenceId)).size === moves.length, {
      message: "A sentence stands in the list twice.",
    }),
});
export const sentenceMoveOutput = z.object({ moved: z.int() });

export const sentenceSplitInput = z.strictObject({
  sentenceId: idSchema,
  /** The text is divided before this character, counted from 0 in UTF-16 units. */
  at: z.int().min(0).max(LIMITS.text),
  /** The version that was edited; another one stored meanwhile is a conflict. */
  version: z.int().optional(),
});
export const sentenceSplitOutput = z.object({ sentences: z.array(sentenceSchema).max(2) });

export const sentenceMergeInput = z.strictObject({
  projectId: idSchema,
  /** Neighbours of one section, in any order. */
  sentenceIds: z
    .array(idSchema)
    .min(2, "Give at least two sentences.")
    .max(100, "At most 100 sentences are joined at once.")
    .refine((ids) => new Set(ids).size === ids.length, { message: "A sentence stands in the list twice." }),
  /** Versions by id: another one stored meanwhile is a conflict. */
  versions: z.record(idSchema, z.int()).optional(),
});
export const sentenceMergeOutput = z.object({
  /** The first one, with all the words. */
  sentence: sentenceSchema,
  /** The others, now on the shelf. */
  shelved: z.array(idSchema).max(100),
});

export const sentenceDeleteInput = z.strictObject({ sentenceId: idSchema });

export const sectionSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  title: z.string(),
  position: z.int(),
});
export type Section = z.infer<typeof sectionSchema>;

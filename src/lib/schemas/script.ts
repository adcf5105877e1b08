import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema, nameSchema, scriptSchema, textSchema } from "./common";

/** Milliseconds from the start of the video. */
export const timesFields = {
  startMs: z.int().min(0).max(LIMITS.timeMs).nullable().optional(),
  endMs: z.int().min(0).max(LIMITS.timeMs).nullable().optional(),
};

const scriptSectionInput = z.strictObject({
  title: nameSchema,
  sentences: z
    .array(z.strictObject({ text: textSchema, ...timesFields }))
    .min(1, "A section of a script has at least one sentence.")
    .max(LIMITS.sentencesPerProject),
});
export type ScriptSectionInput = z.infer<typeof scriptSectionInput>;

const sections = z
  .array(scriptSectionInput)
  .min(1, "The script holds no sentence.")
  .max(LIMITS.sectionsPerProject);

/** A script as text, or as it was read and corrected by hand. */
export const scriptImportInput = z
  .strictObject({
    projectId: idSchema,
    text: scriptSchema.optional(),
    format: z.enum(["text", "markdown", "srt"]).optional(),
    sections: sections.optional(),
  })
  .refine(
    ({ text, format, sections: read }) =>
      (text !== undefined && format !== undefined) !== (read !== undefined),
    {
      message: "Give either text with its format, or sections.",
      path: ["text"],
    },
  );
export const scriptImportOutput = z.object({
  sectionIds: z.array(idSchema).max(LIMITS.sentencesPerProject),
  sentenceCount: z.int(),
});

export const scriptCompareInput = z.strictObject({ projectId: idSchema, sections });
export const scriptCompareOutput = z.object({
  /** The board as it was compared; `script.revise` takes it. */
  state: z.string(),
  /** One for each sentence of the script, in order. */
  sentences: z
    .array(
      z.object({
        /** The sentence of the board that goes on in it; null = a new one. */
        sentenceId: idSchema.nullable(),
        isEdited: z.boolean(),
        /** It stands elsewhere among those that stay. */
        isMoved: z.boolean(),
      }),
    )
    .max(LIMITS.sentencesPerProject),
  /** Sentences that the script lacks: they would go to the shelf. */
  removed: z.array(idSchema).max(LIMITS.sentencesPerProject),
});

export const scriptReviseInput = z.strictObject({
  projectId: idSchema,
  sections,
  /** What `script.compare` gave: a board changed since is a conflict. Left out, whatever is there is compared. */
  state: z.string().max(64).optional(),
});
export const scriptReviseOutput = z.object({
  kept: z.int(),
  edited: z.int(),
  /** Those among the kept and edited ones that stand elsewhere. */
  moved: z.int(),
  added: z.int(),
  removed: z.int(),
});

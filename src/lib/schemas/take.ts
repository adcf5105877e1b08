import { z } from "zod";
import { idSchema, timeSchema } from "./common";

/** A picture that was made, and what it was made from. */
export const takeSchema = z.object({
  id: idSchema,
  sentenceId: idSchema,
  jobId: idSchema.nullable(),
  /** Path relative to DATA_DIR. */
  file: z.string(),
  url: z.string(),
  width: z.int(),
  height: z.int(),
  seed: z.number().nullable(),
  prompt: z.string().nullable(),
  negativePrompt: z.string().nullable(),
  modelId: idSchema.nullable(),
  styleId: idSchema.nullable(),
  references: z.array(z.object({ characterId: idSchema, imageId: idSchema })).max(100),
  workflowHash: z.string().nullable(),
  fingerprint: z.string().nullable(),
  renderer: z.enum(["comfyui", "demo", "own"]),
  /** Milliseconds from the attempt's submission to the picture being stored. */
  durationMs: z.int().nullable(),
  createdAt: timeSchema,
  isSelected: z.boolean(),
  /** The user kept it although what it would be made from had changed. */
  isKept: z.boolean(),
});
export type Take = z.infer<typeof takeSchema>;

export const takeListInput = z.strictObject({ sentenceId: idSchema });
export const takeListOutput = z.object({ items: z.array(takeSchema).max(10_000), nextCursor: z.null() });
export const takeInput = z.strictObject({ takeId: idSchema });

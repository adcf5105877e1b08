import { z } from "zod";
import { idSchema, timeSchema } from "./common";

export const rendererSchema = z.enum(["comfyui", "demo", "own"]);

/** How an own picture is fitted to the project's shape. */
export const framingSchema = z.discriminatedUnion("mode", [
  /** Cut to the shape; `x` and `y` say what stays in view, 0 = left or top, 1 = right or bottom. */
  z.strictObject({ mode: z.literal("crop"), x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
  /** Whole, on a blurred copy of itself or on a plain ground. */
  z.strictObject({ mode: z.literal("fit"), ground: z.enum(["blurred", "black", "white"]) }),
]);
export type Framing = z.infer<typeof framingSchema>;

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
  /** As its job recorded them; null where they are not known. */
  steps: z.number().nullable(),
  cfg: z.number().nullable(),
  lora: z.object({ file: z.string(), strength: z.number() }).nullable(),
  fingerprint: z.string().nullable(),
  renderer: rendererSchema,
  /** Milliseconds from the attempt's submission to the picture being stored. */
  durationMs: z.int().nullable(),
  /** Where the file of an own picture is as it was given; `?w=1280` for a WebP that every browser shows. */
  originalUrl: z.string().nullable(),
  /** Of an own picture, how it was fitted to the project's shape. */
  framing: framingSchema.nullable(),
  /** Whom an own picture is from. */
  credit: z.string().nullable(),
  createdAt: timeSchema,
  isSelected: z.boolean(),
  /** The user kept it although what it would be made from had changed. */
  isKept: z.boolean(),
  /** Somebody removed its file from the data folder. */
  isFileGone: z.boolean(),
});
export type Take = z.infer<typeof takeSchema>;

export const takeListInput = z.strictObject({ sentenceId: idSchema });
export const takeListOutput = z.object({ items: z.array(takeSchema).max(10_000), nextCursor: z.null() });
export const takeInput = z.strictObject({ takeId: idSchema });

export const takeDeleteOutput = z.object({
  id: idSchema,
  /** Whether the shot showed it until now. */
  wasSelected: z.boolean(),
  /** What the shot shows now; null where it has no picture left. */
  selectedTakeId: idSchema.nullable(),
});
export const takeRestoreInput = z.strictObject({
  takeId: idSchema,
  /** What the shot shows since the deletion: where it still does, this take is shown again instead. */
  insteadOf: idSchema.nullable().optional(),
});
export const takeRestoreOutput = takeDeleteOutput.omit({ wasSelected: true });

export const takeRedoInput = z.strictObject({
  takeId: idSchema,
  /** Queue although no server has all that it needs. */
  ignoreProblems: z.boolean().optional(),
});
export type TakeRedo = z.infer<typeof takeRedoInput>;

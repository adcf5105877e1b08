import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import {
  freeTextSchema,
  idSchema,
  keepPicturesSchema,
  nameSchema,
  NO_NUL,
  noNul,
  pageFields,
  pageOf,
  timeSchema,
} from "./common";

const styleTypeSchema = z.enum(["prompt", "lora"]);

export const styleSchema = z.object({
  id: idSchema,
  name: z.string(),
  styleType: styleTypeSchema,
  /** Put before the image prompt; a LoRA style's trigger words too. `{prompt}` in it is replaced instead. */
  promptPrefix: z.string().nullable(),
  negativePrompt: z.string().nullable(),
  loraFile: z.string().nullable(),
  /** 0–2 */
  loraStrength: z.number(),
  /** Ids of the models it goes with; empty = all. */
  compatibleModels: z.array(idSchema).max(200),
  requiresCharacterRef: z.boolean(),
  isActive: z.boolean(),
  /** The newest picture that was made in it. */
  previewUrl: z.string().nullable(),
  createdAt: timeSchema,
});
export type Style = z.infer<typeof styleSchema>;

const fields = {
  styleType: styleTypeSchema,
  promptPrefix: freeTextSchema.nullable().optional(),
  negativePrompt: freeTextSchema.nullable().optional(),
  loraFile: z
    .string()
    .trim()
    .min(1, "Name the LoRA file.")
    .max(400)
    .refine(noNul, NO_NUL)
    .nullable()
    .optional(),
  loraStrength: z
    .number()
    .min(0, "A LoRA's strength is 0 to 2.")
    .max(LIMITS.loraStrengthMax, "A LoRA's strength is 0 to 2.")
    .optional(),
  compatibleModels: z.array(idSchema).max(200).optional(),
  requiresCharacterRef: z.boolean().optional(),
  isActive: z.boolean().optional(),
};

export const styleCreateInput = z.strictObject({ id: idSchema.optional(), name: nameSchema, ...fields });
export type StyleCreate = z.infer<typeof styleCreateInput>;

export const styleUpdateInput = z.strictObject({
  styleId: idSchema,
  name: nameSchema.optional(),
  ...fields,
  styleType: styleTypeSchema.optional(),
  keepPictures: keepPicturesSchema,
});
export type StyleUpdate = z.infer<typeof styleUpdateInput>;

export const styleInput = z.strictObject({ styleId: idSchema });
export const styleListInput = z.strictObject(pageFields).optional();
export const styleListOutput = pageOf(styleSchema);

export const styleDuplicateInput = z.strictObject({
  styleId: idSchema,
  /** "… copy" when left out. */
  name: nameSchema.optional(),
});

/** What uses a style. */
export const styleUsageSchema = z.object({
  projects: z.array(z.object({ id: idSchema, name: z.string() })).max(100_000),
  /** Shots that have it as their own. */
  shots: z.int(),
  /** Queued and running jobs that were asked for in it. */
  jobs: z.int(),
});
export type StyleUsage = z.infer<typeof styleUsageSchema>;

export const loraFilesSchema = z.object({
  /** As the servers spell them. */
  files: z.array(z.string().max(4_000)).max(100_000),
  /** How many servers told theirs. */
  servers: z.int(),
});
export type LoraFiles = z.infer<typeof loraFilesSchema>;

import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { freeTextSchema, idSchema, nameSchema, pageFields, pageOf, timeSchema } from "./common";

const characterKindSchema = z.enum(["person", "place", "object"]);

const characterImageSchema = z.object({
  id: idSchema,
  url: z.string(),
  width: z.int(),
  height: z.int(),
  isMain: z.boolean(),
});

export const characterSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: characterKindSchema,
  description: z.string(),
  images: z.array(characterImageSchema).max(LIMITS.referencesPerCharacter),
  createdAt: timeSchema,
});
export type Character = z.infer<typeof characterSchema>;

export const characterCreateInput = z.strictObject({
  name: nameSchema,
  kind: characterKindSchema.optional(),
  description: freeTextSchema.optional(),
});
export const characterUpdateInput = z.strictObject({
  characterId: idSchema,
  name: nameSchema.optional(),
  kind: characterKindSchema.optional(),
  description: freeTextSchema.optional(),
  /** Which of its pictures is the main one. */
  mainImageId: idSchema.optional(),
});
export const characterInput = z.strictObject({ characterId: idSchema });
export const characterImageInput = z.strictObject({ characterId: idSchema, imageId: idSchema });
export const characterListInput = z.strictObject(pageFields).optional();
export const characterListOutput = pageOf(characterSchema);

export const castListInput = z.strictObject({ projectId: idSchema });
export const castListOutput = z.object({ items: z.array(characterSchema).max(10_000), nextCursor: z.null() });
export const castMemberInput = z.strictObject({ projectId: idSchema, characterId: idSchema });

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
export const characterReorderInput = z.strictObject({
  characterId: idSchema,
  /** All of its pictures, in their new order. */
  imageIds: z.array(idSchema).max(LIMITS.referencesPerCharacter),
});

/** Where a character is. */
export const characterUsageSchema = z.object({
  /** That have it in their cast. */
  projects: z.array(z.object({ id: idSchema, name: z.string() })).max(100_000),
  /** Shots that it was chosen for by hand. */
  shots: z.int(),
});
export type CharacterUsage = z.infer<typeof characterUsageSchema>;

export const characterListInput = z.strictObject(pageFields).optional();
export const characterListOutput = pageOf(characterSchema);

export const castListInput = z.strictObject({ projectId: idSchema });
export const castListOutput = z.object({ items: z.array(characterSchema).max(10_000), nextCursor: z.null() });
export const castMemberInput = z.strictObject({ projectId: idSchema, characterId: idSchema });
export const castReorderInput = z.strictObject({
  projectId: idSchema,
  /** All of its members, in their new order. */
  characterIds: z.array(idSchema).max(10_000),
});

import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema, nameSchema } from "./common";

const position = z.int().min(0).max(LIMITS.sentencesPerProject).optional();

export const sectionCreateInput = z.strictObject({ projectId: idSchema, title: nameSchema, position });
export const sectionUpdateInput = z.strictObject({
  sectionId: idSchema,
  title: nameSchema.optional(),
  position,
});
export const sectionDeleteInput = z.strictObject({
  sectionId: idSchema,
  /** Put its sentences on the shelf instead of deleting them with their pictures. */
  shelve: z.boolean().optional(),
});

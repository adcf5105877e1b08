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
  scriptSchema,
  sideSchema,
  textSchema,
  timeSchema,
} from "./common";
import { timesFields } from "./script";
import { sectionSchema, sentenceSchema } from "./sentence";

const projectFields = {
  id: idSchema,
  name: z.string(),
  modelId: idSchema.nullable(),
  styleId: idSchema.nullable(),
  /** Pixels asked for. */
  width: z.int(),
  height: z.int(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
};

export const projectSchema = z.object({
  ...projectFields,
  sections: z
    .array(sectionSchema.extend({ sentences: z.array(sentenceSchema).max(LIMITS.sentencesPerProject) }))
    .max(LIMITS.sentencesPerProject),
});
export type Project = z.infer<typeof projectSchema>;

export const projectCardSchema = z.object({
  ...projectFields,
  sentenceCount: z.int(),
  /** Sentences that have a picture. */
  pictureCount: z.int(),
  /** Sentences whose picture no longer matches its inputs. */
  dirtyCount: z.int(),
  generatingCount: z.int(),
  failedCount: z.int(),
  /** Up to four pictures, in board order. */
  pictureUrls: z.array(z.string()).max(4),
});
export type ProjectCard = z.infer<typeof projectCardSchema>;

export const projectCreateInput = z
  .strictObject({
    name: nameSchema,
    /** Plain text or Markdown: headings are sections. */
    script: scriptSchema.optional(),
    sections: z
      .array(
        z.strictObject({
          title: nameSchema,
          sentences: z
            .array(
              z.strictObject({
                text: textSchema,
                imagePrompt: freeTextSchema.optional(),
                characterIds: z.array(idSchema).max(100).optional(),
                ...timesFields,
              }),
            )
            .max(LIMITS.sentencesPerProject),
        }),
      )
      .max(LIMITS.sectionsPerProject)
      .optional(),
    modelId: idSchema.optional(),
    styleId: idSchema.optional(),
    width: sideSchema.optional(),
    height: sideSchema.optional(),
  })
  .refine((input) => !(input.script && input.sections), {
    message: "Give either a script or sections, not both.",
    path: ["sections"],
  });
export type ProjectCreate = z.infer<typeof projectCreateInput>;
export const projectCreateOutput = z.object({ id: idSchema, sentenceCount: z.int() });

export const projectSortSchema = z.enum(["newest", "changed", "name"]);
export type ProjectSort = z.infer<typeof projectSortSchema>;

export const projectListInput = z
  .strictObject({
    ...pageFields,
    /** A part of the name, upper and lower case alike. */
    search: z
      .string()
      .max(LIMITS.name, `A name has at most ${LIMITS.name} characters.`)
      .refine(noNul, NO_NUL)
      .optional(),
    /** newest: by creation, the default · changed: edited or painted last · name: A to Z */
    sort: projectSortSchema.optional(),
  })
  .optional();
export type ProjectList = NonNullable<z.infer<typeof projectListInput>>;
export const projectListOutput = pageOf(projectCardSchema);

export const projectGetInput = z.strictObject({ projectId: idSchema });

export const projectDuplicateInput = z.strictObject({
  projectId: idSchema,
  /** "… copy" when left out. */
  name: nameSchema.optional(),
  /** Whether the pictures that are shown are copied too; yes unless told. */
  withPictures: z.boolean().optional(),
});

export const projectUpdateInput = z.strictObject({
  projectId: idSchema,
  name: nameSchema.optional(),
  modelId: idSchema.nullable().optional(),
  styleId: idSchema.nullable().optional(),
  width: sideSchema.optional(),
  height: sideSchema.optional(),
  keepPictures: keepPicturesSchema,
});

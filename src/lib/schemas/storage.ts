import { z } from "zod";
import { idSchema, timeSchema } from "./common";

/** Names that a report gives of many. */
export const NAMED = 20;
const fileSchema = z.string().max(1_000);

/** What the look through the data folder at the start found. Files are relative to DATA_DIR, with `/`. */
export const storageReportSchema = z.object({
  /** null until the first look has ended. */
  sweptAt: timeSchema.nullable(),
  /** Unfinished files older than an hour that were removed. */
  removedDrafts: z.int(),
  /** Pictures that nothing names, as after a kill between file and row; none is ever deleted. */
  filesWithoutRows: z.object({ count: z.int(), bytes: z.number(), some: z.array(fileSchema).max(NAMED) }),
  /** Pictures and workflows that are named and not there. */
  rowsWithoutFiles: z.object({
    count: z.int(),
    some: z
      .array(
        z.object({
          projectId: idSchema.nullable(),
          sentenceId: idSchema.nullable(),
          file: fileSchema,
        }),
      )
      .max(NAMED),
  }),
  /** Copies of PGlite's database, the newest first; none on PostgreSQL. */
  backups: z.array(z.object({ at: timeSchema, bytes: z.number() })).max(100),
});
export type StorageReport = z.infer<typeof storageReportSchema>;

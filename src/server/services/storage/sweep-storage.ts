import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isNotNull } from "drizzle-orm";
import { NAMED, type StorageReport } from "@/lib/schemas/storage";
import { generationModels } from "@/server/db/schema";
import { sweepFiles } from "@/server/image-store/sweep-files";
import { workflowPathParts } from "@/server/workflow/workflow-path";
import type { ServiceContext } from "../context";
import { namedFiles, type NamedFile } from "./named-files";

export type SweepContext = Pick<ServiceContext, "database" | "images" | "library" | "dataDir">;

/**
 * Looks through the data folder: removes drafts that were broken off, and finds files without rows and rows without
 * files. It changes nothing else. Workflow files that no model names are no finding: people keep theirs there.
 * @param since files from this time on are left out: their rows may be on their way
 * @param signal ends it early; the answer is null then
 */
export async function sweepStorage(
  ctx: SweepContext,
  since: Date,
  signal: AbortSignal,
): Promise<Omit<StorageReport, "backups"> | null> {
  // The files first: one that was listed has its row by now, or is younger than `since`.
  const { pictures: unnamed, removedDrafts } = await sweepFiles(ctx.dataDir, signal);
  const listed = new Set(unnamed);
  const missing: NamedFile[] = [];
  for await (const one of namedFiles(ctx.database)) {
    if (signal.aborted) return null;
    unnamed.delete(one.file);
    // One that was stored after the listing is there all the same.
    if (!listed.has(one.file) && !(await ctx.images.exists(one.file))) missing.push(one);
  }
  missing.push(...(await missingWorkflows(ctx)));
  const stray: { file: string; bytes: number }[] = [];
  for (const file of [...unnamed].toSorted()) {
    const found = await stat(ctx.images.pathOf(file)).catch(() => null);
    if (found && found.mtimeMs < since.getTime()) stray.push({ file, bytes: found.size });
  }
  return {
    sweptAt: new Date().toISOString(),
    removedDrafts,
    filesWithoutRows: {
      count: stray.length,
      bytes: stray.reduce((sum, { bytes }) => sum + bytes, 0),
      some: stray.slice(0, NAMED).map(({ file }) => file),
    },
    rowsWithoutFiles: { count: missing.length, some: missing.slice(0, NAMED) },
  };
}

/** Workflow files of models that are in none of the folders they may be in. */
async function missingWorkflows({ database, library }: SweepContext): Promise<NamedFile[]> {
  const rows = await database.db
    .select({ file: generationModels.workflowFile })
    .from(generationModels)
    .where(isNotNull(generationModels.workflowFile));
  const missing: NamedFile[] = [];
  for (const { file } of rows) {
    const places = library.roots.map((root) =>
      stat(join(root, ...workflowPathParts(file!))).catch(() => null),
    );
    if ((await Promise.all(places)).every((found) => found === null))
      missing.push({ projectId: null, sentenceId: null, file: file! });
  }
  return missing;
}

import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import type { Database } from "@/server/db/database";
import { characterImages, generationJobs, sentences, takes } from "@/server/db/schema";
import { testFile } from "@/server/image-store/paths";

/** Rows that are read at a time: the rest of the process goes on between. */
const PAGE = 1_000;

/** A picture that a row names. */
export interface NamedFile {
  projectId: string | null;
  sentenceId: string | null;
  /** Relative to DATA_DIR. */
  file: string;
}

/** Every picture that the database names: takes, their originals, shown pictures, references and test pictures. */
export async function* namedFiles({ db }: Pick<Database, "db">): AsyncGenerator<NamedFile> {
  yield* pages((after) =>
    db
      .select({ id: takes.id, projectId: sentences.projectId, sentenceId: sentences.id, file: takes.file })
      .from(takes)
      .innerJoin(sentences, eq(sentences.id, takes.sentenceId))
      .where(gt(takes.id, after))
      .orderBy(asc(takes.id))
      .limit(PAGE),
  );
  yield* pages(async (after) => {
    const rows = await db
      .select({
        id: takes.id,
        projectId: sentences.projectId,
        sentenceId: sentences.id,
        file: takes.originalFile,
      })
      .from(takes)
      .innerJoin(sentences, eq(sentences.id, takes.sentenceId))
      .where(and(gt(takes.id, after), isNotNull(takes.originalFile)))
      .orderBy(asc(takes.id))
      .limit(PAGE);
    return rows.map((row) => ({ ...row, file: row.file! }));
  });
  yield* pages(async (after) => {
    const rows = await db
      .select({ id: sentences.id, projectId: sentences.projectId, file: sentences.imageFile })
      .from(sentences)
      .where(and(gt(sentences.id, after), isNotNull(sentences.imageFile)))
      .orderBy(asc(sentences.id))
      .limit(PAGE);
    return rows.map(({ id, projectId, file }) => ({ id, projectId, sentenceId: id, file: file! }));
  });
  yield* pages(async (after) => {
    const rows = await db
      .select({ id: characterImages.id, file: characterImages.file })
      .from(characterImages)
      .where(gt(characterImages.id, after))
      .orderBy(asc(characterImages.id))
      .limit(PAGE);
    return rows.map((row) => ({ ...row, projectId: null, sentenceId: null }));
  });
  yield* pages(async (after) => {
    const rows = await db
      .select({ id: generationJobs.id })
      .from(generationJobs)
      .where(
        and(
          gt(generationJobs.id, after),
          eq(generationJobs.kind, "test"),
          eq(generationJobs.status, "completed"),
        ),
      )
      .orderBy(asc(generationJobs.id))
      .limit(PAGE);
    return rows.map(({ id }) => ({ id, projectId: null, sentenceId: null, file: testFile(id) }));
  });
}

async function* pages(
  read: (after: string) => Promise<(NamedFile & { id: string })[]>,
): AsyncGenerator<NamedFile> {
  for (let after = ""; ;) {
    const rows = await read(after);
    for (const { projectId, sentenceId, file } of rows) yield { projectId, sentenceId, file };
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

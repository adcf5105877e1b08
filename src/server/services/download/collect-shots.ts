import { asc, eq } from "drizzle-orm";
import { notFound } from "@/lib/errors";
import { pictureName } from "@/lib/download/picture-name";
import type { DownloadInput } from "@/lib/schemas/download";
import { generationModels, sections, sentences, takes, visualStyles } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { requireProject, requireSection } from "../require-row";

/** Files that are looked at on disk at the same time. */
const AT_ONCE = 32;

/** A shot that was asked for, with the picture that it shows. */
export interface DownloadShot {
  sentenceId: string;
  /** Its place on the whole board, from 1. */
  number: number;
  section: string;
  text: string;
  credit: string | null;
  isDirty: boolean;
  isFailed: boolean;
  /** null: it has none, or its file is gone. */
  picture: {
    /** In the download. */
    name: string;
    /** Relative to DATA_DIR. */
    file: string;
    bytes: number;
    prompt: string | null;
    seed: number | null;
    model: string | null;
    style: string | null;
    isDemo: boolean;
  } | null;
}

/**
 * The shots of a download in board order.
 * @throws ShotboardError for a shot or section that is not the project's
 */
export async function collectShots(
  ctx: ServiceContext,
  { projectId, sentenceIds, sectionId }: DownloadInput,
): Promise<{ projectName: string; shots: DownloadShot[] }> {
  const { db } = ctx.database;
  const project = await requireProject(db, projectId);
  if (sectionId !== undefined && (await requireSection(db, sectionId)).projectId !== projectId)
    throw notFound("section", sectionId, "sectionId");
  const rows = await db
    .select({ sentence: sentences, section: sections, take: takes })
    .from(sentences)
    .innerJoin(sections, eq(sections.id, sentences.sectionId))
    .leftJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(eq(sentences.projectId, projectId))
    .orderBy(asc(sections.position), asc(sections.id), asc(sentences.position), asc(sentences.id));
  const board = rows.filter(({ sentence }) => sentence.shelvedAt === null);
  const wanted = sentenceIds && new Set(sentenceIds);
  const known = new Set(board.map(({ sentence }) => sentence.id));
  for (const id of sentenceIds ?? []) if (!known.has(id)) throw notFound("sentence", id, "sentenceIds");

  const models = new Map((await db.select().from(generationModels)).map((row) => [row.id, row.name]));
  const styles = new Map((await db.select().from(visualStyles)).map((row) => [row.id, row.name]));
  const nameIn = (names: Map<string, string>, id: string | null) =>
    id === null ? null : (names.get(id) ?? id);
  const chosen = board
    .map((row, index) => ({ ...row, number: index + 1 }))
    .filter(({ sentence, section }) =>
      wanted ? wanted.has(sentence.id) : sectionId === undefined || section.id === sectionId,
    );
  const sizes = await sizesOf(
    ctx,
    chosen.flatMap(({ take }) => take?.file ?? []),
  );
  const shots = chosen.map(({ sentence, section, take, number }): DownloadShot => {
    const bytes = take && sizes.get(take.file);
    return {
      sentenceId: sentence.id,
      number,
      section: section.title,
      text: sentence.text,
      credit: sentence.credit,
      isDirty: sentence.isImageDirty,
      isFailed: sentence.status === "failed",
      picture:
        take && bytes != null
          ? {
              name: pictureName({ number, section: section.title, text: sentence.text }, board.length),
              file: take.file,
              bytes,
              prompt: take.prompt,
              seed: take.seed,
              model: nameIn(models, take.modelId),
              style: nameIn(styles, take.styleId),
              isDemo: take.renderer === "demo",
            }
          : null,
    };
  });
  return { projectName: project.name, shots };
}

/** Sizes in bytes of those files that are there. */
async function sizesOf({ images }: ServiceContext, files: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (let at = 0; at < files.length; at += AT_ONCE)
    await Promise.all(
      files.slice(at, at + AT_ONCE).map(async (file) => {
        const size = await images.sizeOf(file);
        if (size !== null) sizes.set(file, size);
      }),
    );
  return sizes;
}

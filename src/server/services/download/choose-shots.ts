import { zipFileName } from "@/lib/download/file-names";
import { notFound } from "@/lib/errors";
import type { DownloadInput } from "@/lib/schemas/download";
import type { ServiceContext } from "../context";
import { requireProject, requireSection } from "../require-row";
import { type BoardShot, readBoard } from "./read-board";

/** Files that are looked for at a time. */
const LOOKS = 64;

export interface ChosenShot extends BoardShot {
  /** The picture that it shows; null where there is none, or its file is gone or empty. */
  picture: { file: string; bytes: number } | null;
}

export interface ChosenShots {
  /** Name of the ZIP. */
  fileName: string;
  /** Shots on the whole board. */
  total: number;
  /** Those asked for, in board order. */
  shots: ChosenShot[];
}

/**
 * The shots that a download asks for, each with its picture if its file is there.
 * @throws ShotboardError where one of the ids names nothing of this project
 */
export async function chooseShots(ctx: ServiceContext, input: DownloadInput): Promise<ChosenShots> {
  const { db } = ctx.database;
  const { projectId, sentenceIds, sectionId } = input;
  const project = await requireProject(db, projectId);
  const section = sectionId === undefined ? null : await requireSection(db, sectionId);
  if (section && section.projectId !== projectId) throw notFound("section", section.id, "sectionId");
  const board = await readBoard(db, projectId);
  const wanted = sentenceIds && new Set(sentenceIds);
  if (wanted) {
    const known = new Set(board.map((shot) => shot.sentenceId));
    for (const id of wanted) if (!known.has(id)) throw notFound("sentence", id, "sentenceIds");
  }
  const asked = board.filter(
    (shot) => (!wanted || wanted.has(shot.sentenceId)) && (!section || shot.sectionId === section.id),
  );
  const part = section?.title ?? (wanted ? `${asked.length} ${asked.length === 1 ? "shot" : "shots"}` : null);
  return {
    fileName: zipFileName(project.name, part),
    total: board.length,
    shots: await withPictures(ctx, asked),
  };
}

async function withPictures(ctx: ServiceContext, shots: readonly BoardShot[]): Promise<ChosenShot[]> {
  const found: ChosenShot[] = [];
  for (let at = 0; at < shots.length; at += LOOKS)
    found.push(
      ...(await Promise.all(
        shots.slice(at, at + LOOKS).map(async (shot) => {
          const { file } = shot;
          const bytes = file === null ? null : await ctx.images.size(file);
          return { ...shot, picture: file !== null && bytes ? { file, bytes } : null };
        }),
      )),
    );
  return found;
}

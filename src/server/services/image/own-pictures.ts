import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, conflict, ShotboardError } from "@/lib/errors";
import { diskProblemOf } from "@/lib/disk-problem";
import type {
  originalSchema,
  OwnPictureInput,
  OwnPictureOutput,
  takeReframeInput,
  takeUpdateInput,
} from "@/lib/schemas/own-picture";
import type { Take } from "@/lib/schemas/take";
import { newId } from "@/server/db/new-id";
import { sentences, takes } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { showSelected } from "@/server/generation/show-take";
import { shownFields, shownStatus } from "@/server/generation/shown-fields";
import { PictureError } from "@/server/image-store/picture-format";
import type { ServiceContext } from "../context";
import { requireProject, requireSentence, requireTake } from "../require-row";
import { readSentences } from "../to-sentence";
import { lockSentenceOf } from "./shown-take";
import { toTake } from "./takes";

type NewTake = typeof takes.$inferInsert;

/**
 * Makes a picture of the user's the one that a shot shows, brought into the project's shape, and locks the shot. The
 * file is kept as it was given; what the shot showed before stays among its takes.
 * @param bytes piece by piece, as they come
 */
export async function addOwnPicture(
  ctx: ServiceContext,
  { sentenceId, framing, credit }: OwnPictureInput,
  bytes: AsyncIterable<Uint8Array>,
): Promise<OwnPictureOutput> {
  const { projectId } = await requireSentence(ctx.database.db, sentenceId);
  return makeOwn(ctx, projectId, { sentenceId, framing, credit }, (id) =>
    ctx.images.storeOriginal(projectId, id, bytes),
  );
}

/** Frames an own picture anew, from the file as it was given: a further take, which its shot shows from then on. */
export async function reframeTake(
  ctx: ServiceContext,
  { takeId, framing }: z.infer<typeof takeReframeInput>,
): Promise<OwnPictureOutput> {
  const { sentenceId, credit, ...take } = await requireTake(ctx.database.db, takeId);
  const given = await requireOriginal(ctx, take);
  const { projectId } = await requireSentence(ctx.database.db, sentenceId);
  return makeOwn(ctx, projectId, { sentenceId, framing, credit }, (id) =>
    ctx.images.copyOriginal(given, projectId, id),
  );
}

/**
 * Files first; where nothing comes of it, none of them stays, and the shot is as it was.
 * @param keep puts the file as it was given beside the take of that id, and answers its name
 */
async function makeOwn(
  ctx: ServiceContext,
  projectId: string,
  { sentenceId, framing, credit }: OwnPictureInput,
  keep: (takeId: string) => Promise<string>,
): Promise<OwnPictureOutput> {
  const { images, database } = ctx;
  const shape = await requireProject(database.db, projectId);
  const id = newId();
  const made: string[] = [];
  try {
    const originalFile = await refusing(keep(id));
    made.push(originalFile);
    const framed = await refusing(images.frameOriginal(originalFile, projectId, id, { shape, framing }));
    made.push(framed.file);
    return await showOwn(ctx, projectId, {
      id,
      sentenceId,
      ...framed,
      renderer: "own",
      originalFile,
      framing,
      credit,
    });
  } catch (error) {
    // After any other error the commit may have gone through: then the files are a take's.
    if (error instanceof ShotboardError || diskProblemOf(error))
      await Promise.all(made.map((file) => images.remove(file)));
    throw error;
  }
}

/** Changes whom an own picture is from. */
export async function updateTake(
  ctx: ServiceContext,
  { takeId, credit }: z.infer<typeof takeUpdateInput>,
): Promise<Take> {
  const { db } = ctx.database;
  const { renderer, sentenceId } = await requireTake(db, takeId);
  if (renderer !== "own") throw notOwn();
  const [row] = await db
    .update(takes)
    .set({ credit: credit || null })
    .where(eq(takes.id, takeId))
    .returning();
  const { projectId, selectedTakeId } = await requireSentence(db, sentenceId);
  return ownTake(row!, projectId, selectedTakeId);
}

/** What the file of an own picture is. */
export async function getOriginal(
  ctx: ServiceContext,
  { takeId }: { takeId: string },
): Promise<z.infer<typeof originalSchema>> {
  const file = await requireOriginal(ctx, await requireTake(ctx.database.db, takeId));
  return { ...(await refusing(ctx.images.originalFacts(file))), bytes: (await ctx.images.size(file)) ?? 0 };
}

async function requireOriginal(
  { images }: ServiceContext,
  take: Pick<typeof takes.$inferSelect, "renderer" | "originalFile">,
): Promise<string> {
  if (take.renderer !== "own") throw notOwn();
  if (take.originalFile !== null && (await images.exists(take.originalFile))) return take.originalFile;
  throw conflict(
    "original_gone",
    "The file that this picture was made from is gone.",
    "takeId",
    "Drop it on the shot again. The picture as it is stays.",
  );
}

/** One transaction: the take, and that its shot shows it and is locked; then the shot's own file, then the event. */
async function showOwn(ctx: ServiceContext, projectId: string, take: NewTake): Promise<OwnPictureOutput> {
  const { sentenceId } = take;
  const { before, row } = await ctx.database.db.transaction(async (tx) => {
    const before = await lockSentenceOf(tx, sentenceId);
    const [row] = await tx.insert(takes).values(take).returning();
    await tx
      .update(sentences)
      .set({
        ...shownFields(before, take.id),
        takeSelectedAt: sql`now()`,
        isImageDirty: false,
        isLocked: true,
        status: shownStatus(take.id),
        error: null,
        version: before.version + 1,
      })
      .where(eq(sentences.id, sentenceId));
    return { before, row: row! };
  });
  await showSelected(ctx, projectId, sentenceId);
  await announceSentences(ctx, [sentenceId], ctx.generation.status);
  ctx.events.publish(projectId, { type: "structure" });
  const [sentence] = await readSentences(ctx, [sentenceId]);
  return {
    take: ownTake(row, projectId, row.id),
    sentence: sentence!,
    before: { takeId: before.selectedTakeId, isLocked: before.isLocked },
  };
}

/** It was made from no plan, and its file was there a moment ago. */
const ownTake = (row: typeof takes.$inferSelect, projectId: string, selectedTakeId: string | null): Take =>
  toTake(row, { projectId, selectedTakeId, plan: null, isFileGone: false });

/** @throws ShotboardError where the picture is none that can be taken */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw badRequest(
      error.reason,
      error.message,
      "image",
      "Choose a PNG, JPEG, WebP or TIFF file of at most 120 megapixels and 500 MB.",
    );
  }
}

const notOwn = () =>
  badRequest(
    "not_own",
    "Expected one of your own pictures, got a take that was painted.",
    "takeId",
    "Name the take of an own picture.",
  );

import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, conflict, ShotboardError } from "@/lib/errors";
import { codeOf, diskProblemOf } from "@/lib/disk-problem";
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
import type { SentenceRow } from "@/server/generation/plan-inputs";
import { showSelected } from "@/server/generation/show-take";
import { NO_FAILURES, shownFields, shownStatus } from "@/server/generation/shown-fields";
import { PictureError } from "@/server/image-store/picture-format";
import type { ServiceContext } from "../context";
import { requireProject, requireSentence, requireTake } from "../require-row";
import { readSentences } from "../to-sentence";
import { lockSentenceOf } from "./shown-take";
import { toTake } from "./takes";

type NewTake = typeof takes.$inferInsert;
interface StoredOwn {
  row: typeof takes.$inferSelect;
  /** The shot as it was. */
  before: SentenceRow;
}

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

/**
 * Frames an own picture anew, from the file as it was given, with another credit where one is named: a further take,
 * which its shot shows from then on.
 */
export async function reframeTake(
  ctx: ServiceContext,
  { takeId, framing, ...changes }: z.infer<typeof takeReframeInput>,
): Promise<OwnPictureOutput> {
  const { sentenceId, ...take } = await requireTake(ctx.database.db, takeId);
  const credit = changes.credit === undefined ? take.credit : changes.credit || null;
  const given = await requireOriginal(ctx, take);
  const { projectId } = await requireSentence(ctx.database.db, sentenceId);
  return makeOwn(ctx, projectId, { sentenceId, framing, credit }, (id) =>
    orGone(ctx.images.copyOriginal(given, projectId, id)),
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
  // One that cannot be removed either is told of by the next start.
  const removeMade = () => Promise.allSettled(made.map((file) => images.remove(file)));
  let take: NewTake;
  try {
    const originalFile = await refusing(keep(id));
    made.push(originalFile);
    const framed = await refusing(images.frameOriginal(originalFile, projectId, id, { shape, framing }));
    made.push(framed.file);
    take = { id, sentenceId, ...framed, renderer: "own", originalFile, framing, credit };
  } catch (error) {
    await removeMade();
    throw error;
  }
  let stored: StoredOwn;
  try {
    stored = await storeOwn(ctx, projectId, take);
  } catch (error) {
    // After any other error the commit may have gone through: then the files are a take's.
    if (error instanceof ShotboardError || diskProblemOf(error)) await removeMade();
    throw error;
  }
  return showOwn(ctx, projectId, stored);
}

/** Changes whom an own picture is from. */
export async function updateTake(
  ctx: ServiceContext,
  { takeId, credit, from }: z.infer<typeof takeUpdateInput>,
): Promise<Take> {
  const { row, sentence } = await ctx.database.db.transaction(async (tx) => {
    const sentence = await lockSentenceOf(tx, (await requireTake(tx, takeId)).sentenceId);
    // Somebody may have deleted it before the lock was had.
    const take = await requireTake(tx, takeId);
    if (take.renderer !== "own") throw notOwn();
    if (from !== undefined && take.credit !== (from || null))
      throw conflict(
        "changed_since",
        "This credit was changed since, maybe in another window: it stays.",
        "from",
      );
    const [row] = await tx
      .update(takes)
      .set({ credit: credit || null })
      .where(eq(takes.id, takeId))
      .returning();
    return { row: row!, sentence };
  });
  await announceSentences(ctx, [sentence.id], ctx.generation.status);
  return ownTake(row, sentence.projectId, sentence.selectedTakeId);
}

/** What the file of an own picture is. */
export async function getOriginal(
  ctx: ServiceContext,
  { takeId }: { takeId: string },
): Promise<z.infer<typeof originalSchema>> {
  const file = await requireOriginal(ctx, await requireTake(ctx.database.db, takeId));
  return {
    ...(await refusing(orGone(ctx.images.originalFacts(file)))),
    bytes: (await ctx.images.size(file)) ?? 0,
  };
}

async function requireOriginal(
  { images }: ServiceContext,
  take: Pick<typeof takes.$inferSelect, "renderer" | "originalFile">,
): Promise<string> {
  if (take.renderer !== "own") throw notOwn();
  if (take.originalFile !== null && (await images.exists(take.originalFile))) return take.originalFile;
  throw originalGone();
}

/** The file may go between the look for it and its use. */
const orGone = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw codeOf(error) === "ENOENT" ? originalGone() : error;
  });

const originalGone = () =>
  conflict(
    "original_gone",
    "The file that this picture was made from is gone.",
    "takeId",
    "Drop it on the shot again. The picture as it is stays.",
  );

/** One transaction: the take, and that its shot shows it and is locked. */
async function storeOwn({ database }: ServiceContext, projectId: string, take: NewTake): Promise<StoredOwn> {
  const { sentenceId } = take;
  return database.db.transaction(async (tx) => {
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
        ...NO_FAILURES,
        version: before.version + 1,
      })
      .where(eq(sentences.id, sentenceId));
    return { before, row: row! };
  });
}

/** What comes behind the commit: the shot's own file, then the event. */
async function showOwn(
  ctx: ServiceContext,
  projectId: string,
  { before, row }: StoredOwn,
): Promise<OwnPictureOutput> {
  const { sentenceId } = row;
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

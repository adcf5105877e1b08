import { and, desc, eq, isNull } from "drizzle-orm";
import { conflict } from "@/lib/errors";
import type { Plan } from "@/lib/plan/plan";
import type { Take } from "@/lib/schemas/take";
import { generationJobs, takes } from "@/server/db/schema";
import { announceSentences } from "@/server/generation/announce";
import { showSelected } from "@/server/generation/show-take";
import type { ServiceContext } from "../context";
import { requireSentence, requireTake } from "../require-row";
import { lockSentenceOf, setShownTake } from "./shown-take";

type TakeRow = typeof takes.$inferSelect;

interface TakeParts {
  projectId: string;
  selectedTakeId: string | null;
  /** What its job was painted from; null where it has none. */
  plan: Plan | null;
  isFileGone: boolean;
}

/** A take as the API shows it. */
export function toTake(row: TakeRow, { projectId, selectedTakeId, plan, isFileGone }: TakeParts): Take {
  const { createdAt, keptFingerprint, originalFile, deletedAt: _, ...fields } = row;
  return {
    ...fields,
    url: `/media/projects/${projectId}/takes/${row.id}.png`,
    originalUrl: originalFile === null ? null : `/media/projects/${projectId}/originals/${row.id}`,
    steps: plan?.steps ?? null,
    cfg: plan?.cfg ?? null,
    lora: plan?.lora ?? null,
    createdAt: createdAt.toISOString(),
    isSelected: row.id === selectedTakeId,
    isKept: keptFingerprint !== null,
    isFileGone,
  };
}

/** All pictures that were made for a sentence and not deleted, newest first. */
export async function listTakes(
  ctx: ServiceContext,
  { sentenceId }: { sentenceId: string },
): Promise<{ items: Take[]; nextCursor: null }> {
  const { db } = ctx.database;
  const { projectId, selectedTakeId } = await requireSentence(db, sentenceId);
  const rows = await db
    .select({ take: takes, plan: generationJobs.plan })
    .from(takes)
    .leftJoin(generationJobs, eq(generationJobs.id, takes.jobId))
    .where(and(eq(takes.sentenceId, sentenceId), isNull(takes.deletedAt)))
    .orderBy(desc(takes.createdAt), desc(takes.id));
  const items = rows.map(async ({ take, plan }) => {
    const isFileGone = !(await ctx.images.exists(take.file));
    return toTake(take, { projectId, selectedTakeId, plan, isFileGone });
  });
  return { items: await Promise.all(items), nextCursor: null };
}

/** Makes a take the picture that its sentence shows; whether it is dirty follows from what it was made from. */
export async function selectTake(ctx: ServiceContext, { takeId }: { takeId: string }): Promise<Take> {
  const { db } = ctx.database;
  const take = await requireTake(db, takeId);
  if (!(await ctx.images.exists(take.file)))
    throw conflict(
      "take_file_gone",
      "The file of this take is gone from the data folder, so it cannot be shown.",
      "takeId",
      "Choose another take, or redo this one exactly.",
    );
  const { projectId } = await db.transaction(async (tx) => {
    const sentence = await lockSentenceOf(tx, take.sentenceId);
    // It may have been deleted before the lock was had.
    await requireTake(tx, takeId);
    await setShownTake(tx, ctx, sentence, { id: takeId, isChosen: true });
    return sentence;
  });
  await showSelected(ctx, projectId, take.sentenceId);
  await announceSentences(ctx, [take.sentenceId], ctx.generation.status);
  const job = take.jobId === null ? [] : await readPlan(ctx, take.jobId);
  return toTake(take, {
    projectId,
    selectedTakeId: takeId,
    plan: job[0]?.plan ?? null,
    isFileGone: false,
  });
}

const readPlan = ({ database }: ServiceContext, jobId: string) =>
  database.db.select({ plan: generationJobs.plan }).from(generationJobs).where(eq(generationJobs.id, jobId));

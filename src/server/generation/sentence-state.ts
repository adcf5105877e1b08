import { and, asc, eq, inArray, sql, type SQLWrapper } from "drizzle-orm";
import type { SentenceState } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import type { Db, Tx } from "@/server/db/database";
import { generationJobs, sentences, takes } from "@/server/db/schema";
import { toJob } from "./job-state";
import type { LiveProgress } from "./live-progress";
import { IS_FOR_BOARD } from "./proofs";
import type { SentenceRow } from "./plan-inputs";

/** What is open of a sentence. */
export interface OpenJobs {
  /** The one that stands for it: the running one, else the first queued. */
  job: Job;
  count: number;
}

/** The queued and running jobs of sentences, by sentence. */
export async function readOpenJobs(
  on: Db | Tx,
  live: LiveProgress,
  where: { projectId: string } | { sentenceIds: string[] },
): Promise<Map<string, OpenJobs>> {
  const rows = await on
    .select()
    .from(generationJobs)
    .where(
      and(
        inArray(generationJobs.status, ["queued", "running"]),
        IS_FOR_BOARD,
        "projectId" in where
          ? eq(generationJobs.projectId, where.projectId)
          : inArray(generationJobs.sentenceId, where.sentenceIds),
      ),
    )
    .orderBy(asc(generationJobs.status), asc(generationJobs.takeNo));
  const open = new Map<string, OpenJobs>();
  for (const row of rows) {
    const sentenceId = row.sentenceId;
    if (sentenceId === null) continue;
    const known = open.get(sentenceId);
    const isShown = !known || (row.status === "running" && known.job.status === "queued");
    open.set(sentenceId, { job: isShown ? toJob(row, live) : known.job, count: (known?.count ?? 0) + 1 });
  }
  return open;
}

/** Where a sentence's picture is served; the take in it makes the address new with each picture. */
export function imageUrlOf(
  row: Pick<SentenceRow, "id" | "projectId" | "imageFile" | "selectedTakeId">,
): string | null {
  return row.imageFile === null
    ? null
    : `/media/projects/${row.projectId}/images/${row.id}.png?v=${row.selectedTakeId ?? "0"}`;
}

/** What `trim` of a text takes away. */
const BLANKS = " \t\r\n";
const trimmed = (text: SQLWrapper) => sql`btrim(${text}, ${BLANKS})`;
/** A take's prompt holds the shot's own as it was, behind the style's or within it. */
const IS_PROMPT_CHANGED = sql<boolean>`coalesce(strpos(${takes.prompt}, coalesce(nullif(${trimmed(sentences.imagePrompt)}, ''), ${trimmed(sentences.text)})) = 0, false)`;

/** Which picture sentences show, by sentence. */
export async function readShownTakes(
  on: Db | Tx,
  where: { projectId: string } | { sentenceIds: string[] },
): Promise<Map<string, SentenceState["shownTake"]>> {
  const rows = await on
    .select({
      id: sentences.id,
      renderer: takes.renderer,
      modelId: takes.modelId,
      styleId: takes.styleId,
      isPromptChanged: IS_PROMPT_CHANGED,
    })
    .from(sentences)
    .innerJoin(takes, eq(takes.id, sentences.selectedTakeId))
    .where(whereSentences(where));
  return new Map(rows.map(({ id, ...take }) => [id, take]));
}

const whereSentences = (where: { projectId: string } | { sentenceIds: string[] }) =>
  "projectId" in where ? eq(sentences.projectId, where.projectId) : inArray(sentences.id, where.sentenceIds);

/** What of a sentence changes while pictures are made. */
function toSentenceState(
  row: SentenceRow,
  shownTake: SentenceState["shownTake"],
  open: OpenJobs | undefined,
): SentenceState {
  return {
    id: row.id,
    status: row.status,
    isImageDirty: row.isImageDirty,
    imageFile: row.imageFile,
    imageUrl: imageUrlOf(row),
    selectedTakeId: row.selectedTakeId,
    shownTake,
    seed: row.seed,
    job: open?.job ?? null,
    openJobs: open?.count ?? 0,
    failedJobs: row.failedJobs,
    error: row.error,
  };
}

/** The states of a whole project, or of some of its sentences. */
export async function readSentenceStates(
  on: Db | Tx,
  live: LiveProgress,
  where: { projectId: string } | { sentenceIds: string[] },
): Promise<{ projectId: string; sentence: SentenceState }[]> {
  const rows = await on.select().from(sentences).where(whereSentences(where));
  const shown = await readShownTakes(on, where);
  const jobs = await readOpenJobs(on, live, where);
  return rows.map((row) => ({
    projectId: row.projectId,
    sentence: toSentenceState(row, shown.get(row.id) ?? null, jobs.get(row.id)),
  }));
}

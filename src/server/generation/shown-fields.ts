import { sql, type SQL } from "drizzle-orm";
import type { SentenceStatus } from "@/lib/schemas/sentence";
import { generationJobs, sentences } from "@/server/db/schema";
import { imageFile } from "@/server/image-store/paths";
import { IS_FOR_BOARD } from "./proofs";
import type { SentenceRow } from "./plan-inputs";

/** Of a sentence: a picture for its place on the board is in line or being painted. Proofs are not meant. */
export const IS_GENERATING = sql`exists (
  select 1 from ${generationJobs} where ${generationJobs.sentenceId} = ${sentences.id}
    and ${generationJobs.status} in ('queued', 'running') and ${IS_FOR_BOARD})`;

/** What a sentence's row says where nothing is told of pictures that could not be made. */
export const NO_FAILURES = { error: null, failedJobs: 0 };

/** What every sentence's row says that shows this take from now on, or none. */
export const shownFields = (
  { id, projectId }: Pick<SentenceRow, "id" | "projectId">,
  takeId: string | null,
): { selectedTakeId: string | null; imageFile: string | null } => ({
  selectedTakeId: takeId,
  imageFile: takeId === null ? null : imageFile(projectId, id),
});

/** Its status, where no job has just ended. */
export const shownStatus = (takeId: string | null): SQL<SentenceStatus> =>
  sql`case when ${IS_GENERATING} then 'generating' else ${takeId === null ? "pending" : "completed"} end`;

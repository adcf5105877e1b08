import { and, desc, eq } from "drizzle-orm";
import type { Failure } from "@/lib/schemas/common";
import type { LastErrors } from "@/lib/schemas/report";
import { generationJobs, projects, sentences } from "@/server/db/schema";
import { IS_FOR_BOARD } from "@/server/generation/proofs";
import type { ServiceContext } from "../context";

/** Failed jobs that are looked at, the newest. */
const MOST = 200;

const reasonOf = (error: Failure | null) => JSON.stringify([error?.code, error?.message]);

/** The last pictures that failed, by reason, the newest first. Of proofs their contact sheet tells. */
export async function listLastErrors({ database }: Pick<ServiceContext, "database">): Promise<LastErrors> {
  const rows = await database.db
    .select({
      error: generationJobs.error,
      endedAt: generationJobs.endedAt,
      projectId: projects.id,
      projectName: projects.name,
      sentenceId: sentences.id,
      text: sentences.text,
      status: sentences.status,
      now: sentences.error,
    })
    .from(generationJobs)
    .leftJoin(projects, eq(projects.id, generationJobs.projectId))
    .leftJoin(sentences, eq(sentences.id, generationJobs.sentenceId))
    .where(and(eq(generationJobs.status, "failed"), IS_FOR_BOARD))
    .orderBy(desc(generationJobs.endedAt))
    .limit(MOST);
  const byReason = Map.groupBy(rows, ({ error }) => reasonOf(error));
  return {
    items: [...byReason.values()].flatMap((some) => {
      const [{ error, endedAt }] = some as [(typeof some)[number]];
      if (!error || !endedAt) return [];
      const shots = some.flatMap(({ projectId, projectName, sentenceId, text, status, now }) =>
        projectId !== null && projectName !== null && sentenceId !== null && text !== null
          ? [
              {
                projectId,
                projectName,
                sentenceId,
                text,
                isFailed: status !== "generating" && reasonOf(now) === reasonOf(error),
              },
            ]
          : [],
      );
      const each = [...new Map(shots.map((shot) => [shot.sentenceId, shot])).values()];
      return [{ ...error, count: some.length, lastAt: endedAt.toISOString(), shots: each }];
    }),
  };
}

import { eq } from "drizzle-orm";
import { badRequest } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Tx } from "@/server/db/database";
import { sentences } from "@/server/db/schema";

/** @throws ShotboardError where a project has no room for one more sentence; those on the shelf count too */
export async function checkRoomForOne(tx: Tx, projectId: string, field: string): Promise<void> {
  const there = await tx.$count(sentences, eq(sentences.projectId, projectId));
  if (there >= LIMITS.sentencesPerProject)
    throw badRequest(
      "too_many_sentences",
      `A project has at most ${LIMITS.sentencesPerProject} sentences, those on the shelf among them.`,
      field,
      "Make another project.",
    );
}

import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, notFound } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Sentence, sentenceMergeInput, sentenceSplitInput } from "@/lib/schemas/sentence";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { sentences } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { touchProject } from "../project/touch-project";
import { requireProject, requireSentence } from "../require-row";
import { readSentences } from "../to-sentence";
import { cancelOpenJobs } from "./cancel-open-jobs";
import { checkRoomForOne } from "./check-room";
import { checkVersion } from "./check-version";

/**
 * Divides a sentence before a character. The first part keeps picture, takes, prompt and locks; the second is a new
 * sentence right behind it.
 */
export async function splitSentence(
  ctx: ServiceContext,
  { sentenceId, at, version }: z.infer<typeof sentenceSplitInput>,
): Promise<{ sentences: Sentence[] }> {
  const { projectId } = await requireSentence(ctx.database.db, sentenceId);
  const secondId = newId();
  const change = async (tx: Tx) => {
    await touchProject(tx, projectId);
    const row = await requireSentence(tx, sentenceId);
    checkVersion(row.version, version, "version");
    // Not through the middle of a character that takes two units.
    const place = /[\uDC00-\uDFFF]/.test(row.text[at] ?? "") ? at - 1 : at;
    const [first, second] = [row.text.slice(0, place).trim(), row.text.slice(place).trim()];
    if (first === "" || second === "")
      throw badRequest(
        "nothing_to_split",
        `A sentence is divided between two of its ${row.text.length} characters, so that both parts have words; ${at} was given.`,
        "at",
        "Choose a place within the text.",
      );
    await checkRoomForOne(tx, projectId, "sentenceId");
    await tx
      .update(sentences)
      .set({ position: sql`${sentences.position} + 1` })
      .where(and(eq(sentences.sectionId, row.sectionId), gt(sentences.position, row.position)));
    const middle =
      row.startMs === null || row.endMs === null ? null : Math.round((row.startMs + row.endMs) / 2);
    await tx
      .update(sentences)
      .set({ text: first, endMs: middle ?? row.endMs, version: row.version + 1 })
      .where(eq(sentences.id, sentenceId));
    await tx.insert(sentences).values({
      id: secondId,
      projectId,
      sectionId: row.sectionId,
      position: row.position + 1,
      text: second,
      modelId: row.modelId,
      styleId: row.styleId,
      startMs: middle,
      endMs: row.endMs,
    });
  };
  await changeInputs(ctx, [projectId], change, [sentenceId]);
  return { sentences: await readSentences(ctx, [sentenceId, secondId]) };
}

/** Joins neighbours of one section: the first keeps picture and prompt and has all the words, the others go to the shelf. */
export async function mergeSentences(
  ctx: ServiceContext,
  { projectId, sentenceIds, versions }: z.infer<typeof sentenceMergeInput>,
): Promise<{ sentence: Sentence; shelved: string[] }> {
  const [firstId, ...otherIds] = await changeInputs(
    ctx,
    [projectId],
    async (tx) => {
      await requireProject(tx, projectId);
      await touchProject(tx, projectId);
      const rows = await tx
        .select()
        .from(sentences)
        .where(
          and(
            eq(sentences.projectId, projectId),
            inArray(sentences.id, sentenceIds),
            isNull(sentences.shelvedAt),
          ),
        )
        .orderBy(sentences.position, sentences.id)
        .for("update");
      const unknown = sentenceIds.findIndex((id) => !rows.some((row) => row.id === id));
      if (unknown >= 0) throw notFound("sentence", sentenceIds[unknown]!, `sentenceIds.${unknown}`);
      for (const row of rows) checkVersion(row.version, versions?.[row.id], "versions");
      const [first, ...others] = rows;
      const between = await tx.$count(
        sentences,
        and(
          eq(sentences.sectionId, first!.sectionId),
          isNull(sentences.shelvedAt),
          sql`${sentences.position} between ${first!.position} and ${others.at(-1)!.position}`,
        ),
      );
      if (rows.some((row) => row.sectionId !== first!.sectionId) || between !== rows.length)
        throw badRequest(
          "not_neighbours",
          "Only sentences that stand one behind the other in a section can be joined.",
          "sentenceIds",
          "Choose neighbours, or move them together first.",
        );
      const text = rows.map((row) => row.text).join(" ");
      if (text.length > LIMITS.text)
        throw badRequest(
          "sentence_too_long",
          `Together they have ${text.length} characters; a sentence has at most ${LIMITS.text}.`,
          "sentenceIds",
          "Join fewer of them.",
        );
      await tx
        .update(sentences)
        .set({ text, endMs: others.at(-1)!.endMs, version: first!.version + 1 })
        .where(eq(sentences.id, first!.id));
      await tx
        .update(sentences)
        .set({ shelvedAt: sql`now()` })
        .where(
          inArray(
            sentences.id,
            others.map((row) => row.id),
          ),
        );
      return rows.map((row) => row.id);
    },
    sentenceIds,
  );
  await cancelOpenJobs(ctx, otherIds);
  const [sentence] = await readSentences(ctx, [firstId!]);
  return { sentence: sentence!, shelved: otherIds };
}

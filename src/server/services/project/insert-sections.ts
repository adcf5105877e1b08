import { badRequest } from "@/lib/errors";
import { chunks } from "@/server/db/chunks";
import type { Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { sections as sectionRows, sentenceCharacters, sentences as sentenceRows } from "@/server/db/schema";
import { readCharacters } from "@/server/generation/plan-inputs";

export interface NewSection {
  title: string;
  sentences: {
    text: string;
    imagePrompt?: string | undefined;
    characterIds?: string[] | undefined;
    startMs?: number | null | undefined;
    endMs?: number | null | undefined;
  }[];
}

/** Adds sections with their sentences to a project, in order, the first at `position`; answers the sections' ids. */
export async function insertSections(
  tx: Tx,
  projectId: string,
  sections: readonly NewSection[],
  position: number,
): Promise<string[]> {
  const newSections = sections.map((section, index) => ({
    id: newId(),
    projectId,
    title: section.title,
    position: position + index,
  }));
  const newSentences = sections.flatMap((section, index) =>
    section.sentences.map((sentence, place) => ({
      id: newId(),
      projectId,
      sectionId: newSections[index]!.id,
      position: place,
      text: sentence.text,
      imagePrompt: sentence.imagePrompt?.trim() || null,
      hasOwnCharacters: sentence.characterIds !== undefined,
      startMs: sentence.startMs ?? null,
      endMs: sentence.endMs ?? null,
      characterIds: [...new Set(sentence.characterIds)],
      field: `sections.${index}.sentences.${place}.characterIds`,
    })),
  );
  await checkCharacters(tx, newSentences);
  const chosen = newSentences.flatMap((one) =>
    one.characterIds.map((characterId, index) => ({ sentenceId: one.id, characterId, position: index })),
  );
  for (const some of chunks(newSections)) await tx.insert(sectionRows).values(some);
  for (const some of chunks(newSentences)) await tx.insert(sentenceRows).values(some);
  for (const some of chunks(chosen)) await tx.insert(sentenceCharacters).values(some);
  return newSections.map((section) => section.id);
}

async function checkCharacters(
  tx: Tx,
  sentences: readonly { characterIds: string[]; field: string }[],
): Promise<void> {
  const wanted = new Set(sentences.flatMap((one) => one.characterIds));
  if (wanted.size === 0) return;
  const known = await readCharacters(tx, [...wanted]);
  for (const { characterIds, field } of sentences)
    for (const id of characterIds)
      if (!known.has(id))
        throw badRequest(
          "character_not_found",
          `There is no character with the id "${id}".`,
          field,
          "Make it first.",
        );
}

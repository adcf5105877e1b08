import type { TRPCClient } from "@trpc/client";
import type { Sentence, SentenceUpdate } from "@/lib/schemas/sentence";
import type { AppRouter } from "@/server/trpc/router";
import { toProblem } from "../../../_data/problem";
import { withSentences } from "../model/apply-events";
import { Overtaken } from "./drafts";
import type { ProjectCache } from "./project-cache";

/** The texts of a shot that can be edited. */
export type TextField = "text" | "imagePrompt";

/** What a field shows: no image prompt is an empty one. */
export const textOf = (sentence: Sentence, field: TextField): string => sentence[field] ?? "";

/**
 * Stores one text of a shot, only where the text it was typed on is still the stored one; changes of the shot's
 * other fields meanwhile do not matter.
 * @throws Overtaken where the field itself was changed elsewhere
 */
export async function saveField(
  client: TRPCClient<AppRouter>,
  cache: ProjectCache,
  { sentenceId, field, text, base }: { sentenceId: string; field: TextField; text: string; base: string },
): Promise<void> {
  const known = cache.sentence(sentenceId);
  const update: SentenceUpdate =
    field === "text" ? { sentenceId, text } : { sentenceId, imagePrompt: text.trim() === "" ? null : text };
  if (known && textOf(known, field) === base) {
    try {
      return keep(cache, await client.sentence.update.mutate({ ...update, version: known.version }));
    } catch (error) {
      if (toProblem(error).reason !== "sentence_changed") throw error;
    }
  }
  const stored = await client.sentence.get.query({ sentenceId });
  keep(cache, stored);
  if (textOf(stored, field) !== base) throw new Overtaken(textOf(stored, field));
  keep(cache, await client.sentence.update.mutate({ ...update, version: stored.version }));
}

function keep(cache: ProjectCache, sentence: Sentence): void {
  cache.patch((project) => withSentences(project, [sentence]));
}

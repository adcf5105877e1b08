import { badRequest } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { ProjectCreate } from "@/lib/schemas/project";
import { parseScript } from "@/lib/script/parse-script";
import { newId } from "@/server/db/new-id";
import { projects } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { requireModel, requireStyle } from "../require-row";
import { insertSections, type NewSection } from "./insert-sections";

/** Makes a project, from a script (text or Markdown: headings are sections), from sections, or empty. */
export async function createProject(
  ctx: ServiceContext,
  input: ProjectCreate,
): Promise<{ id: string; sentenceCount: number }> {
  const sections = input.sections ?? (input.script === undefined ? [] : fromScript(input.script));
  const sentenceCount = sections.reduce((sum, section) => sum + section.sentences.length, 0);
  if (sentenceCount > LIMITS.sentencesPerProject)
    throw badRequest(
      "too_many_sentences",
      `This would be ${sentenceCount} sentences; a project has at most ${LIMITS.sentencesPerProject}.`,
      input.sections ? "sections" : "script",
      "Split it into several projects.",
    );
  const id = newId();
  await ctx.database.db.transaction(async (tx) => {
    if (input.modelId) await requireModel(tx, input.modelId);
    if (input.styleId) await requireStyle(tx, input.styleId);
    const { name, modelId, styleId, width, height } = input;
    await tx.insert(projects).values({ id, name, modelId, styleId, width, height });
    await insertSections(tx, id, sections, 0);
  });
  return { id, sentenceCount };
}

function fromScript(script: string): NewSection[] {
  const sections = parseScript(script, "markdown");
  checkScript(sections, "script");
  return sections;
}

/** @throws ShotboardError for a script without a sentence, or with one that is too long */
export function checkScript(sections: readonly NewSection[], field: string): void {
  if (sections.length === 0)
    throw badRequest(
      "script_without_sentences",
      "The script holds no sentence.",
      field,
      "Paste at least one sentence.",
    );
  let number = 0;
  for (const { sentences } of sections)
    for (const { text } of sentences) {
      number += 1;
      if (text.length > LIMITS.text)
        throw badRequest(
          "sentence_too_long",
          `Sentence ${number} has ${text.length} characters; at most ${LIMITS.text} are possible. It begins: "${text.slice(0, 60)}…"`,
          field,
          "End it with a full stop somewhere, or shorten it.",
        );
    }
}

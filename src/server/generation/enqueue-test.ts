import { ShotboardError } from "@/lib/errors";
import type { PlanInputs } from "@/lib/plan/plan";
import { asksForCharacters } from "@/lib/plan/prompt-parts";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import type { ModelTest } from "@/lib/schemas/model";
import type { Failure } from "@/lib/schemas/common";
import { newId } from "@/server/db/new-id";
import { generationJobs } from "@/server/db/schema";
import { rankOf } from "./choose-queue";
import type { GenerationContext } from "./generation-context";
import { readLibraryPlans } from "./plan-inputs";
import { findProblems } from "./preflight";

/** What is painted where nothing else is asked for: faces, depth, light and fine lines. */
const SAMPLE_PROMPT =
  "A lighthouse keeper reads a letter at a wooden table by the window, late afternoon sun, sea and cliffs outside";
/** Somebody waits for it: before all that wait for a board. */
const FIRST = 100;

/**
 * Queues one picture of a model that belongs to no sentence.
 * @throws ShotboardError for what would make it fail
 */
export async function enqueueTest(ctx: GenerationContext, input: ModelTest): Promise<{ jobId: string }> {
  const { modelId, prompt, ...overrides } = input;
  const inputs = await readTestInputs(ctx, { modelId, prompt: prompt ?? SAMPLE_PROMPT, overrides });
  const { failure } = resolvePlan(inputs);
  if (failure) throw refuse(failure);
  // It would be painted by the default workflow instead, and show nothing of this model.
  if (needsReference(inputs) && !inputs.overrides.characterRefs)
    throw refuse(withoutReference(inputs, modelId));
  // What is remembered may be a minute old, and the user tests what they have just changed.
  for (const { client } of ctx.fleet.servers) client.forgetNodeInfo();
  const [problem] = await findProblems(ctx, [{ sentenceId: "test", inputs }]);
  if (problem) throw refuse(problem);

  const id = newId();
  await ctx.queue.ensure(modelId);
  await ctx.database.db.transaction(async (tx) => {
    await tx.insert(generationJobs).values({
      id,
      batchId: newId(),
      kind: "test",
      input: { overrides: inputs.overrides, modelId, prompt: inputs.sentence.text },
      seed: input.seed ?? null,
      priority: FIRST,
      rank: rankOf(FIRST, 0, 1),
    });
    const event = { prompt: inputs.sentence.text, modelId, ...overrides };
    await ctx.queue.enqueue(tx, [{ id, queue: modelId, rank: rankOf(FIRST, 0, 1), event }]);
  });
  ctx.queue.wake();
  return { jobId: id };
}

/** What a test picture is made from, as the rows are now. */
export async function readTestInputs(
  ctx: Pick<GenerationContext, "database" | "library">,
  { modelId, prompt, overrides }: { modelId: string; prompt: string; overrides: PlanInputs["overrides"] },
): Promise<PlanInputs> {
  const shared = await readLibraryPlans(ctx.database.db, ctx.library);
  const inputs: PlanInputs = {
    ...shared,
    overrides: { ...overrides, modelId },
    // A new project's size; a model with a size of its own has that.
    project: { modelId, styleId: null, width: 1920, height: 1088 },
    cast: [],
    sentence: {
      text: prompt,
      imagePrompt: null,
      modelId: null,
      styleId: null,
      seed: null,
      isSeedLocked: false,
      characterIds: null,
    },
  };
  const isAsked = asksForCharacters(shared.styles.get(overrides.styleId ?? "")?.promptPrefix ?? null);
  const [character] =
    needsReference(inputs) || isAsked
      ? [...shared.characters.values()].filter(({ mainImageId }) => mainImageId !== null)
      : [];
  if (!character) return inputs;
  return { ...inputs, overrides: { ...inputs.overrides, characterRefs: [character.id] } };
}

/** Whether a test shows nothing without a reference picture: by its model's workflow, or by its style. */
function needsReference({ overrides, models, styles }: PlanInputs): boolean {
  const model = models.get(overrides.modelId ?? "");
  const style = styles.get(overrides.styleId ?? "");
  const takesSome = (model?.maxReferences ?? 0) > 0;
  return takesSome && (model?.runsWithoutReference === false || style?.requiresCharacterRef === true);
}

const withoutReference = ({ models }: PlanInputs, modelId: string): Failure => ({
  code: "reference_needed",
  message: `${models.get(modelId)?.name} paints only with a reference picture, and no character has one yet.`,
  field: "modelId",
  remedy: "Give a character a picture on the Characters page: the test is painted with it.",
});

function refuse({ code, message, field, remedy }: Failure): ShotboardError {
  return new ShotboardError("BAD_REQUEST", message, { reason: code, field, remedy });
}

import type { Reference } from "@/lib/plan/plan";
import { applyReplacements, checkAfresh } from "@/server/comfyui/check-workflow";
import { toEditorWorkflow, type EditorWorkflow } from "@/server/comfyui/editor-workflow";
import type { Graph } from "@/server/workflow/graph";
import { referenceFile } from "@/server/image-store/paths";
import { fillPlan, type FilledPlan } from "./fill-plan";
import type { LaneServer } from "./fleet";
import { readFileChoices } from "./file-choices";
import type { GenerationContext } from "./generation-context";
import type { JobRow } from "./job-state";
import type { ResolvedJob } from "./resolve-job";
import { JobFailure } from "./run-errors";

/** Folder in ComfyUI's input and output folders that is ours. */
const SUBFOLDER = "shotboard";

const referenceName = ({ characterId, imageId }: Reference) => `${characterId}-${imageId}.png`;

/** What LoadImage takes for a reference that was uploaded: a name of our own making. */
export const referenceValue = (reference: Reference): string => `${SUBFOLDER}/${referenceName(reference)}`;

/** Job and attempt in the file's name: ComfyUI makes a new file each time, though the sampler stays cached. */
export const outputPrefix = (job: Pick<JobRow, "id" | "attempt">): string =>
  `${SUBFOLDER}/${job.id}_${job.attempt}`;

export interface PreparedPrompt extends FilledPlan {
  /** What ComfyUI writes into the picture, so that its editor can open it. */
  workflow: EditorWorkflow;
  /** Whether a reference was not sent now, since the server should have it of before. */
  isUploadSpared: boolean;
}

/**
 * The graph of a resolved job for this server: references uploaded, slots filled, files in the server's own
 * spelling.
 * @param uploaded values of references that the server has already; grows
 * @throws JobFailure where the server lacks a file or node
 */
export async function preparePrompt(
  ctx: GenerationContext,
  server: LaneServer,
  job: JobRow,
  resolved: ResolvedJob,
  uploaded: Set<string>,
  signal: AbortSignal,
): Promise<PreparedPrompt> {
  const { plan, seed } = resolved;
  const references: string[] = [];
  const isUploadSpared = plan.references.some((reference) => uploaded.has(referenceValue(reference)));
  for (const reference of plan.references)
    references.push(await upload(ctx, server, reference, uploaded, signal));
  const filled = await fillPlan(ctx.library, plan, {
    seed,
    references,
    filenamePrefix: outputPrefix({ ...job, attempt: job.attempt + 1 }),
  });
  const { graph, workflow, notes } = await fitToServer(ctx, server, filled.graph, signal);
  return { ...filled, graph, workflow, notes: [...filled.notes, ...notes], isUploadSpared };
}

async function upload(
  ctx: GenerationContext,
  { client }: LaneServer,
  reference: Reference,
  uploaded: Set<string>,
  signal: AbortSignal,
): Promise<string> {
  const wanted = referenceValue(reference);
  if (uploaded.has(wanted)) return wanted;
  const bytes = await ctx.images
    .read(referenceFile(reference.characterId, reference.imageId))
    .catch((cause: unknown) => {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
      throw new JobFailure({
        code: "reference_gone",
        message: "The file of a character's reference picture is gone.",
        field: "characterIds",
        remedy: "Give the character the picture again.",
      });
    });
  const value = await client.upload({ name: referenceName(reference), subfolder: SUBFOLDER, bytes }, signal);
  if (value === wanted) uploaded.add(value);
  return value;
}

async function fitToServer(
  { database }: Pick<GenerationContext, "database">,
  { client, url }: LaneServer,
  filled: Graph,
  signal: AbortSignal,
): Promise<{ graph: Graph; workflow: EditorWorkflow; notes: string[] }> {
  const choices = await readFileChoices(database.db, url);
  const { infos, problems, replacements } = await checkAfresh(client, filled, { choices, signal });
  // Of values ComfyUI itself is the judge: it may take what its definition does not say.
  const problem = problems.find(({ code }) => code === "missing_file" || code === "missing_node_type");
  if (problem)
    throw new JobFailure({
      code: problem.code,
      message: problem.message,
      field: problem.input,
      remedy: problem.remedy,
    });
  const graph = applyReplacements(filled, replacements);
  return {
    graph,
    workflow: toEditorWorkflow(graph, infos),
    notes: replacements.map(({ from, to, isChosen }) =>
      isChosen
        ? `"${to}" was loaded in place of "${from}", as chosen for this server.`
        : `"${from}" was found as "${to}" on the server.`,
    ),
  };
}

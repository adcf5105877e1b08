import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Plan } from "@/lib/plan/plan";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import type { ForeseeInput, ForeseeOutput } from "@/lib/schemas/image";
import type { QueueStatus } from "@/lib/schemas/queue";
import { generationJobs, takes } from "@/server/db/schema";
import { considerRequest } from "./consider-request";
import type { GenerationContext } from "./generation-context";
import { Paces, type PastPicture } from "./pace";

/** Pictures of the past that the pace is measured by. */
const PAST = 2_000;

/**
 * What a request would queue and leave out, and how long it would take: as long as such pictures took here, first
 * loads and what stands in line before them included. Sentences that are gone since it was asked count for nothing.
 * @throws ShotboardError for what the request itself has wrong
 */
export async function foreseeImages(
  ctx: GenerationContext,
  input: ForeseeInput,
  { lanes }: QueueStatus,
): Promise<ForeseeOutput> {
  const { picked, skipped } = await considerRequest(ctx, input, true);
  const count = input.takes ?? 1;
  const paces = new Paces(await readPast(ctx), Date.now());
  const plans = picked.flatMap(({ inputs }) => resolvePlan(inputs).plan ?? []);
  const known = plans.flatMap((plan) => paces.of(plan) ?? []);
  const loads = [...new Set(plans.map((plan) => plan.workflowHash))].map((hash) => paces.loadOf(hash));
  const waiting = await readWaiting(ctx);
  const own = sum(known) * count + sum(loads);
  const before = sum(waiting.map(({ modelId, left }) => left * (paces.ofModel(modelId) ?? paces.any ?? 0)));
  const working = lanes.filter((lane) => lane.state === "ready" || lane.state === "busy").length;
  const isKnown = working > 0 && (known.length > 0 || picked.length === 0);
  return {
    queued: picked.length * count,
    skipped,
    lanes: working,
    ms: isKnown ? Math.round((own + before) / working) : null,
    ahead: waiting.length,
    unmeasured: (plans.length - known.length) * count,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The last pictures that were made by what paints now: the demo renderer's pace says nothing about a GPU's. */
async function readPast({ database, fleet }: GenerationContext): Promise<PastPicture[]> {
  const plan = (name: keyof Plan) => sql`${generationJobs.plan} -> ${sql.raw(`'${name}'`)}`;
  const rows = await database.db
    .select({
      modelId: sql<string | null>`${plan("modelId")} #>> '{}'`,
      workflowHash: sql<string>`${plan("workflowHash")} #>> '{}'`,
      width: sql<number>`(${plan("width")})::int`,
      height: sql<number>`(${plan("height")})::int`,
      steps: sql<number | null>`(${plan("steps")} #>> '{}')::int`,
      lane: generationJobs.lane,
      startedAt: generationJobs.startedAt,
      endedAt: generationJobs.endedAt,
    })
    .from(generationJobs)
    .innerJoin(takes, eq(takes.jobId, generationJobs.id))
    .where(
      and(
        eq(generationJobs.status, "completed"),
        eq(takes.renderer, fleet.isDemo ? "demo" : "comfyui"),
        isNotNull(generationJobs.startedAt),
        isNotNull(generationJobs.plan),
      ),
    )
    .orderBy(desc(generationJobs.endedAt))
    .limit(PAST);
  return rows.map((row) => ({
    ...row,
    lane: row.lane ?? "",
    startedAt: row.startedAt!.getTime(),
    endedAt: row.endedAt!.getTime(),
  }));
}

/** What is in line or being painted, with the share of each that is left. */
async function readWaiting({
  database,
  live,
}: GenerationContext): Promise<{ modelId: string | null; left: number }[]> {
  const rows = await database.db
    .select({ id: generationJobs.id, input: generationJobs.input })
    .from(generationJobs)
    .where(inArray(generationJobs.status, ["queued", "running"]));
  return rows.map(({ id, input }) => ({
    modelId: input.modelId,
    left: 1 - (live.of(id)?.progress ?? 0) / 100,
  }));
}

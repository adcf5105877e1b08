/** What of a picture decides how long it takes. */
export interface Work {
  /** Of its workflow with its chosen places: another is another model. */
  workflowHash: string;
  width: number;
  height: number;
  /** null = the workflow's own. */
  steps: number | null;
}

/** One picture that was made here. */
export interface PastPicture extends Work {
  modelId: string | null;
  lane: string;
  /** When it was taken up first, in ms since 1970. */
  startedAt: number;
  endedAt: number;
}

/** A model that was idle for this long is taken to be out of the GPU's memory. */
const KEPT_LOADED_MS = 15 * 60_000;

interface Timed {
  work: Work;
  modelId: string | null;
  ms: number;
  /** Whether its model had to be loaded first. */
  isFirst: boolean;
}

/** How long pictures take on this machine, from those that were made: medians, so that a stall or two say nothing. */
export class Paces {
  readonly #timed: readonly Timed[];
  readonly #loaded: ReadonlySet<string>;
  readonly #known = new Map<string, number | null>();

  /** @param now in ms since 1970 */
  constructor(past: readonly PastPicture[], now: number) {
    const lanes = [...Map.groupBy(past, (one) => one.lane).values()].map((some) =>
      some.toSorted((a, b) => a.endedAt - b.endedAt),
    );
    this.#timed = lanes.flatMap(timesOf);
    const last = lanes.flatMap((some) => some.at(-1) ?? []);
    this.#loaded = new Set(
      last.flatMap((one) => (now - one.endedAt < KEPT_LOADED_MS ? one.workflowHash : [])),
    );
  }

  /** ms for one such picture once its model is loaded; null where none of its model was made here. */
  of(work: Work): number | null {
    return this.#once(JSON.stringify([work.workflowHash, work.width, work.height, work.steps]), () => {
      const ofModel = this.#timed.filter((one) => one.work.workflowHash === work.workflowHash);
      const [closest] = ofModel.toSorted((a, b) => farness(a.work, work) - farness(b.work, work));
      if (!closest) return null;
      const alike = ofModel.filter((one) => isAlike(one.work, closest.work));
      // Of another size or number of steps: in proportion.
      return typical(alike) * ratio(work, closest.work);
    });
  }

  /** ms for one picture of a model, of whatever size was usual; null where none was made here. */
  ofModel(modelId: string | null): number | null {
    return this.#once(`model ${modelId}`, () => {
      const some = this.#timed.filter((one) => one.modelId === modelId);
      return some.length === 0 ? null : typical(some);
    });
  }

  /** ms for any picture; null where none was made here. */
  get any(): number | null {
    return this.#once("any", () => (this.#timed.length === 0 ? null : typical(this.#timed)));
  }

  /** What loading a model adds to its first picture, in ms: 0 where it is loaded, or where no load was seen. */
  loadOf(workflowHash: string): number {
    if (this.#loaded.has(workflowHash)) return 0;
    const extra = this.#once(`load ${workflowHash}`, () => {
      const some = this.#timed.filter((one) => one.work.workflowHash === workflowHash);
      const first = some.filter((one) => one.isFirst);
      const later = some.filter((one) => !one.isFirst);
      return first.length === 0 || later.length === 0 ? 0 : Math.max(0, typical(first) - typical(later));
    });
    return extra ?? 0;
  }

  #once(key: string, measure: () => number | null): number | null {
    if (!this.#known.has(key)) this.#known.set(key, measure());
    return this.#known.get(key)!;
  }
}

/** How long each of one lane's pictures held it, without the time it stood idle before. */
function timesOf(ascending: readonly PastPicture[]): Timed[] {
  return ascending.map((one, index) => {
    const before = ascending[index - 1];
    const begin = Math.max(one.startedAt, before?.endedAt ?? 0);
    const isFirst =
      before === undefined ||
      before.workflowHash !== one.workflowHash ||
      begin - before.endedAt > KEPT_LOADED_MS;
    return { work: one, modelId: one.modelId, ms: Math.max(0, one.endedAt - begin), isFirst };
  });
}

/** Of loaded models where there are such. */
function typical(some: readonly Timed[]): number {
  const later = some.filter((one) => !one.isFirst);
  return median((later.length > 0 ? later : some).map((one) => one.ms));
}

const isAlike = (a: Work, b: Work) => a.width === b.width && a.height === b.height && a.steps === b.steps;

/** How many times as long the first samples: as there are pixels and steps, where the steps are known. */
function ratio(a: Work, b: Work): number {
  const pixels = (a.width * a.height) / (b.width * b.height);
  return a.steps === null || b.steps === null ? pixels : (pixels * a.steps) / b.steps;
}

/** 0 for the same, and more the less alike two are. */
const farness = (a: Work, b: Work) => Math.abs(Math.log(ratio(a, b))) + (isAlike(a, b) ? 0 : 1e-9);

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

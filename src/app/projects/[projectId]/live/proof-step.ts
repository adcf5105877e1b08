import { LIMITS } from "@/lib/limits";
import type { Project } from "@/lib/schemas/project";
import type { ProofUse, ProofUsed } from "@/lib/schemas/proof";
import type { Sentence, SentenceUpdate } from "@/lib/schemas/sentence";
import type { useTRPCClient } from "../../../_data/trpc";
import { portions } from "./portions";
import { changedSince } from "./undo-update";

/** A style used from a contact sheet, as a step that can be taken back and done again. */
export class ProofStep {
  /** What it did, once it was done. */
  used: ProofUsed | null = null;
  readonly #client: ReturnType<typeof useTRPCClient>;
  readonly #ask: ProofUse;
  /** The project's style before it. */
  readonly #styleId: string | null;

  constructor(client: ReturnType<typeof useTRPCClient>, ask: ProofUse, styleId: string | null) {
    this.#client = client;
    this.#ask = ask;
    this.#styleId = styleId;
  }

  readonly redo = async (): Promise<void> => {
    if (this.used) await this.#checkUndone(this.used);
    this.used = await this.#client.proof.use.mutate(this.#ask);
  };

  /** Pictures first: where one of them cannot be shown again, nothing is changed. */
  readonly undo = async (): Promise<void> => {
    if (!this.used) return;
    const { projectId, sentenceIds, keepPictures } = this.#ask;
    const { shown } = this.used;
    const shots = await this.#checkDone(this.used);
    for (const some of portions(shown, LIMITS.updateMany))
      await this.#client.take.show.mutate({
        projectId,
        shots: some.map(({ sentenceId, takeId, before }) => ({
          sentenceId,
          from: takeId,
          to: before,
          isLocked: false,
        })),
      });
    const keeping = keepPictures ? { keepPictures } : {};
    if (sentenceIds === undefined)
      await this.#client.project.update.mutate({ projectId, styleId: this.#styleId, ...keeping });
    for (const some of portions(updatesBack(this.used, shots), LIMITS.updateMany))
      await this.#client.sentence.updateMany.mutate({ projectId, sentences: some, ...keeping });
  };

  /** @throws where something of what it did is not so any more */
  async #checkDone({ shown, changed }: ProofUsed): Promise<Shots> {
    const { styleId, sentenceIds } = this.#ask;
    const { project, shots } = await this.#read();
    const isSame =
      (sentenceIds !== undefined || project.styleId === styleId) &&
      changed.every((one) => shots.get(one.sentenceId)?.styleId === styleId) &&
      shown.every(({ sentenceId, takeId }) => {
        const shot = shots.get(sentenceId);
        return shot?.selectedTakeId === takeId && !shot.isLocked;
      });
    if (!isSame) throw changedSince();
    return shots;
  }

  /** @throws where something is not any more as it was before it */
  async #checkUndone({ shown, changed }: ProofUsed): Promise<void> {
    const { project, shots } = await this.#read();
    const isSame =
      (this.#ask.sentenceIds !== undefined || project.styleId === this.#styleId) &&
      changed.every((one) => shots.get(one.sentenceId)?.styleId === one.before) &&
      shown.every((one) => shots.get(one.sentenceId)?.selectedTakeId === one.before);
    if (!isSame) throw changedSince();
  }

  /** As the server has it now: what this window knows may be older. */
  async #read(): Promise<{ project: Project; shots: Shots }> {
    const project = await this.#client.project.get.query({ projectId: this.#ask.projectId });
    const shots = new Map(project.sections.flatMap((one) => one.sentences.map((shot) => [shot.id, shot])));
    return { project, shots };
  }
}

type Shots = ReadonlyMap<string, Sentence>;

/** Their own styles, and the seeds that came with the proofs. */
function updatesBack({ shown, changed }: ProofUsed, shots: Shots): SentenceUpdate[] {
  const updates = new Map<string, SentenceUpdate>();
  for (const { sentenceId, before } of changed) updates.set(sentenceId, { sentenceId, styleId: before });
  for (const { sentenceId, seedBefore } of shown) {
    const shot = shots.get(sentenceId);
    // A locked seed was not touched.
    if (shot && !shot.isSeedLocked && shot.seed !== seedBefore)
      updates.set(sentenceId, { ...updates.get(sentenceId), sentenceId, seed: seedBefore });
  }
  return [...updates.values()];
}

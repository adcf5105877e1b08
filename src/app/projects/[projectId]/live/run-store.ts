import type { Job } from "@/lib/schemas/job";
import type { Project } from "@/lib/schemas/project";
import { followRun, type Run, type RunView, viewRun, withEndedJobs } from "../model/run";
import type { ProjectCache } from "./project-cache";

export interface RunState {
  run: Run;
  view: RunView;
}

const sentencesOf = (project: Project) => project.sections.flatMap((section) => section.sentences);

/** Follows how far the pictures that are being made are; null while none have been since the page was opened. */
export class RunStore {
  readonly first: RunState | null;
  readonly #cache: ProjectCache;
  /** When the run began that was under way when the page was opened. */
  readonly #firstStart: number | null;
  readonly #openedAt: number;
  #past: readonly Job[] = [];
  #run: Run | null;
  #state: RunState | null;

  /** @param at when the project was read, in ms since 1970 */
  constructor(cache: ProjectCache, project: Project, at: number) {
    const sentences = sentencesOf(project);
    this.#cache = cache;
    this.#openedAt = at;
    this.#run = followRun(null, sentences, at);
    this.#firstStart = this.#run?.startedAt ?? null;
    this.first = this.#run && { run: this.#run, view: viewRun(this.#run, sentences, at) };
    this.#state = this.first;
  }

  readonly get = (): RunState | null => this.#state;

  readonly subscribe = (listener: () => void): (() => void) =>
    this.#cache.onChange(() => {
      this.#look();
      listener();
    });

  /** Batches that were under way when the page was opened. */
  openBatches(project: Project): Set<string> {
    return new Set(sentencesOf(project).flatMap((one) => one.job?.batchId ?? []));
  }

  /** Takes what the first run did before the page was opened. */
  learn(past: readonly Job[]): void {
    this.#past = past;
    this.#look();
  }

  #look(): void {
    const project = this.#cache.get();
    if (!project) return;
    const now = Date.now();
    const sentences = sentencesOf(project);
    this.#run = followRun(this.#run, sentences, now);
    if (this.#run === null) return;
    const isFirst = this.#run.startedAt === this.#firstStart;
    const run = isFirst ? withEndedJobs(this.#run, this.#past, this.#openedAt) : this.#run;
    this.#state = { run, view: viewRun(run, sentences, now, this.#cache.steps.of) };
  }
}

import {
  type DataTag,
  hashKey,
  type QueryClient,
  type QueryKey,
  replaceEqualDeep,
} from "@tanstack/react-query";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { applyEvents } from "../model/apply-events";
import { JobSteps } from "./job-steps";

/** A change of the project; the same object means no change. */
type Patch = (project: Project) => Project;

/**
 * The project as the page knows it: the query cache, patched by events and by answers to our own changes. What is
 * patched while the project is being fetched is patched into the answer too, which may have been read before it.
 */
export class ProjectCache {
  /** How far the jobs are that are being painted. */
  readonly steps = new JobSteps();
  readonly #client: QueryClient;
  readonly #key: DataTag<QueryKey, Project, unknown>;
  readonly #fetch: () => Promise<Project>;
  readonly #openFetches = new Set<Patch[]>();
  #refetching: Promise<void> | null = null;
  #isOutdated = false;

  constructor(client: QueryClient, key: DataTag<QueryKey, Project, unknown>, fetch: () => Promise<Project>) {
    this.#client = client;
    this.#key = key;
    this.#fetch = fetch;
  }

  /** The project now. */
  get(): Project | undefined {
    return this.#client.getQueryData<Project>(this.#key);
  }

  /** One of its sentences now. */
  sentence(id: string): Sentence | undefined {
    for (const section of this.get()?.sections ?? []) {
      const found = section.sentences.find((one) => one.id === id);
      if (found) return found;
    }
    return undefined;
  }

  /** Calls back after each change, from wherever it came. */
  onChange(listener: () => void): () => void {
    const hash = hashKey(this.#key);
    return this.#client.getQueryCache().subscribe((event) => {
      if (event.type === "updated" && event.query.queryHash === hash && event.action.type === "success")
        listener();
    });
  }

  /** Takes events, oldest first. A step of a job that is being painted changes `steps` alone. */
  tell(events: readonly ProjectEvent[]): void {
    const others = this.steps.take(events, (id) => this.sentence(id)?.job);
    if (others.length > 0) this.patch((known) => applyEvents(known, others));
  }

  patch(patch: Patch): void {
    for (const patches of this.#openFetches) patches.push(patch);
    const known = this.get();
    const next = known && patch(known);
    // Setting the same would tell everybody of a change, too.
    if (next !== known) this.#client.setQueryData<Project>(this.#key, next);
  }

  /** Fetches the project, with what was patched meanwhile. */
  readonly read = async (): Promise<Project> => {
    const patches: Patch[] = [];
    this.#openFetches.add(patches);
    try {
      const project = await this.#fetch();
      // What is the same stays the same object, so that it is not drawn again.
      return replaceEqualDeep(
        this.get(),
        patches.reduce((known, patch) => patch(known), project),
      );
    } finally {
      this.#openFetches.delete(patches);
    }
  };

  /**
   * Fetches the project again: one fetch at a time, and one more if it was asked for meanwhile. Resolves once the
   * project is as it was when this was called, or newer.
   */
  refetch(): Promise<void> {
    this.#isOutdated = true;
    this.#refetching ??= this.#refetchAll().finally(() => (this.#refetching = null));
    return this.#refetching;
  }

  async #refetchAll(): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false;
      await this.#client.refetchQueries({ queryKey: this.#key, exact: true }, { cancelRefetch: false });
    }
  }
}

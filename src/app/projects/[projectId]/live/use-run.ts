"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Job } from "@/lib/schemas/job";
import type { Project } from "@/lib/schemas/project";
import { useTRPCClient } from "../../../_data/trpc";
import type { ProjectCache } from "./project-cache";
import { type RunState, RunStore } from "./run-store";

/** Pages of jobs that are read to learn what a run did before the page was opened. */
const PAGES = 20;

/** How far the pictures that are being made are; null while none have been since the page was opened. */
export function useRun(cache: ProjectCache, initial: { project: Project; at: number }): RunState | null {
  const client = useTRPCClient();
  const projectId = initial.project.id;
  const [store] = useState(() => new RunStore(cache, initial.project, initial.at));
  const [openBatches] = useState(() => store.openBatches(initial.project));

  useEffect(() => {
    if (openBatches.size === 0) return;
    const read = async () => {
      const jobs: Job[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const { items, nextCursor } = await client.job.list.query({ projectId, ...(cursor && { cursor }) });
        const ours = items.filter((job) => openBatches.has(job.batchId));
        jobs.push(...ours);
        // A whole page of others is from before; proofs tell nothing of that.
        const isPast = ours.length === 0 && items.some((job) => !job.isProof);
        if (nextCursor === null || isPast) break;
        cursor = nextCursor;
      }
      store.learn(jobs);
    };
    // Without an answer the count begins when the page was opened: less to tell, nothing wrong.
    read().catch(() => {});
  }, [client, projectId, openBatches, store]);

  return useSyncExternalStore(store.subscribe, store.get, () => store.first);
}

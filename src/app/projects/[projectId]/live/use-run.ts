"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Job } from "@/lib/schemas/job";
import type { Sentence } from "@/lib/schemas/sentence";
import { useTRPCClient } from "../../../_data/trpc";
import { followRun, type Run, type RunView, viewRun, withEndedJobs } from "../model/run";

/** Pages of jobs that are read to learn what a run did before the page was opened. */
const PAGES = 20;

/** How far the pictures that are being made are; null where none were since the page was opened. */
export function useRun(projectId: string, sentences: readonly Sentence[]): { run: Run; view: RunView } | null {
  const client = useTRPCClient();
  const [past, setPast] = useState<readonly Job[]>([]);
  const known = useRef<Run | null>(null);
  const first = useRef<number | null>(null);
  const [wasOpen] = useState(() => new Set(sentences.flatMap((one) => one.job?.batchId ?? [])));

  useEffect(() => {
    if (wasOpen.size === 0) return;
    let isCurrent = true;
    const read = async () => {
      const jobs: Job[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const answer = await client.job.list.query({ projectId, ...(cursor && { cursor }) });
        jobs.push(...answer.items.filter((job) => wasOpen.has(job.batchId)));
        if (answer.nextCursor === null || !answer.items.some((job) => wasOpen.has(job.batchId))) break;
        cursor = answer.nextCursor;
      }
      if (isCurrent) setPast(jobs);
    };
    // Without an answer the count begins at the time the page was opened: less to tell, nothing wrong.
    read().catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [client, projectId, wasOpen]);

  return useMemo(() => {
    const now = Date.now();
    known.current = followRun(known.current, sentences, now);
    if (known.current === null) return null;
    first.current ??= known.current.startedAt;
    // What was read of the past belongs to the run that was under way then, and to no later one.
    const run = known.current.startedAt === first.current ? withEndedJobs(known.current, past) : known.current;
    return { run, view: viewRun(run, sentences, now) };
  }, [sentences, past]);
}

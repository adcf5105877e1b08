"use client";
import { useEffect, useRef, useState } from "react";
import type { Job } from "@/lib/schemas/job";

/** A preview of one attempt at a job: the next one begins anew. */
interface Wanted {
  jobId: string;
  attempt: number;
  number: number;
}

/**
 * The address of the newest sampler preview that has been loaded: it changes only when the next one is there, and
 * stays after the job has ended until the picture itself is shown. One is loaded at a time, then the newest.
 */
export function usePreview(job: Job | null, isPictureShown: boolean): string | null {
  const [loaded, setLoaded] = useState<(Wanted & { url: string }) | null>(null);
  const wanted = useRef<Wanted | null>(null);
  const isLoading = useRef(false);
  const jobId = job?.id ?? null;
  const attempt = job?.attempt ?? 0;
  const number = job !== null && job.status === "running" ? job.preview : 0;

  useEffect(() => {
    wanted.current = jobId === null || number === 0 ? null : { jobId, attempt, number };
    if (isLoading.current) return;
    const load = async () => {
      isLoading.current = true;
      for (let done: Wanted | null = null; wanted.current !== null && wanted.current !== done;) {
        done = wanted.current;
        const image = new Image();
        image.fetchPriority = "high";
        image.src = `/media/jobs/${done.jobId}/preview?n=${done.attempt}-${done.number}`;
        // A preview that is gone already is followed by the next one or by the picture.
        const isThere = await image.decode().then(
          () => true,
          () => false,
        );
        if (isThere) setLoaded({ ...done, url: image.src });
      }
      isLoading.current = false;
    };
    void load();
  }, [jobId, attempt, number]);
  useEffect(
    () => () => {
      wanted.current = null;
    },
    [],
  );

  if (loaded === null) return null;
  // One that went back into the line shows its sentence, and its old picture, until its next attempt has a preview.
  const isOurs =
    job === null
      ? !isPictureShown
      : job.status !== "queued" && job.id === loaded.jobId && attempt === loaded.attempt;
  return isOurs ? loaded.url : null;
}

"use client";
import { useEffect, useRef, useState } from "react";
import type { Job } from "@/lib/schemas/job";

interface Wanted {
  jobId: string;
  number: number;
}

/**
 * The address of the newest sampler preview that has been loaded: it changes only when the next one is there, and
 * stays after the job has ended until the picture itself is shown. One is loaded at a time, then the newest.
 */
export function usePreview(job: Job | null, isPictureShown: boolean): string | null {
  const [loaded, setLoaded] = useState<{ jobId: string; url: string } | null>(null);
  const wanted = useRef<Wanted | null>(null);
  const isLoading = useRef(false);
  const jobId = job?.id ?? null;
  const number = job !== null && job.status === "running" ? job.preview : 0;

  useEffect(() => {
    wanted.current = jobId === null || number === 0 ? null : { jobId, number };
    if (isLoading.current) return;
    const load = async () => {
      isLoading.current = true;
      for (let done: Wanted | null = null; wanted.current !== null && wanted.current !== done;) {
        done = wanted.current;
        const image = new Image();
        image.fetchPriority = "high";
        image.src = `/media/jobs/${done.jobId}/preview?n=${done.number}`;
        // A preview that is gone already is followed by the next one or by the picture.
        const isThere = await image.decode().then(
          () => true,
          () => false,
        );
        if (isThere) setLoaded({ jobId: done.jobId, url: image.src });
      }
      isLoading.current = false;
    };
    void load();
  }, [jobId, number]);
  useEffect(
    () => () => {
      wanted.current = null;
    },
    [],
  );

  if (loaded === null) return null;
  // One that went back into the line shows its sentence, and its old picture, again.
  const isOurs = job === null ? !isPictureShown : job.id === loaded.jobId && job.status !== "queued";
  return isOurs ? loaded.url : null;
}

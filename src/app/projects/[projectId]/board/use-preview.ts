"use client";
import { useEffect, useState } from "react";
import type { Job } from "@/lib/schemas/job";

/**
 * The address of the newest sampler preview that has been loaded: it changes only when the next one is there, and
 * stays after the job has ended until the picture itself is shown.
 */
export function usePreview(job: Job | null, isPictureShown: boolean): string | null {
  const [loaded, setLoaded] = useState<{ jobId: string; url: string } | null>(null);
  const jobId = job?.id ?? null;
  const preview = job !== null && job.status === "running" ? job.preview : 0;

  useEffect(() => {
    if (jobId === null || preview === 0) return;
    let isCurrent = true;
    const image = new Image();
    image.src = `/media/jobs/${jobId}/preview?n=${preview}`;
    image.decode().then(
      () => isCurrent && setLoaded({ jobId, url: image.src }),
      // A preview that is gone already is followed by the next one or by the picture.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [jobId, preview]);

  if (loaded === null) return null;
  const isOurs = jobId === null ? !isPictureShown : jobId === loaded.jobId;
  return isOurs ? loaded.url : null;
}

"use client";
import { useEffect, useState } from "react";
import type { Job } from "@/lib/schemas/job";

/**
 * The address of the newest sampler preview that has been loaded: it changes only when the next one is there, and
 * stays after the job has ended until the picture itself is shown.
 */
export function usePreview(job: Job | null, isPictureShown: boolean): string | null {
  const [shown, setShown] = useState<string | null>(null);
  const wanted = job !== null && job.status === "running" && job.preview > 0 ? `/media/jobs/${job.id}/preview?n=${job.preview}` : null;

  useEffect(() => {
    if (wanted === null) return;
    let isCurrent = true;
    const image = new Image();
    image.src = wanted;
    image.decode().then(
      () => isCurrent && setShown(wanted),
      // A preview that is gone already is followed by the next one or by the picture.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted]);

  const isOver = job === null && isPictureShown;
  useEffect(() => {
    if (isOver) setShown(null);
  }, [isOver]);
  return isOver ? null : shown;
}

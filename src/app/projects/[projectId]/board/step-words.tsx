"use client";
import { useState } from "react";
import type { Job } from "@/lib/schemas/job";
import { Countdown } from "../../../_ui/countdown";
import { readRetryStep } from "../model/retry-step";

/** When each job was first shown as it is: what counts down goes on from there, wherever else it is shown. */
const shownSince = new WeakMap<Job, number>();

/** What happens with a job now, in words; the wait for the next attempt counts down. */
export function StepWords({ job }: { job: Job }) {
  const retry = readRetryStep(job.step);
  if (retry === null) return job.step ?? "starting";
  return <Wait key={`${job.id} ${job.failures}`} job={job} seconds={retry.seconds} which={retry.which} />;
}

function Wait({ job, seconds, which }: { job: Job; seconds: number; which: string }) {
  const [at] = useState(() => {
    const since = shownSince.get(job) ?? Date.now();
    shownSince.set(job, since);
    return since + seconds * 1000;
  });
  return <Countdown at={at} suffix={` ${which}`} />;
}

"use client";
import { useCallback, useSyncExternalStore } from "react";
import type { Job } from "@/lib/schemas/job";
import { useBoard } from "./board-context";

const NEVER = () => () => {};

/** A sentence's job as far as it is now: its steps draw what asks for them again, and nothing else of the board. */
export function useJobStep(job: Job | null): Job | null {
  const { steps } = useBoard().cache;
  const get = useCallback(() => job && steps.of(job), [job, steps]);
  return useSyncExternalStore(job?.status === "running" ? steps.subscribe : NEVER, get, () => job);
}

import type { ProjectEvent, SentenceState } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import type { QueueStatus } from "@/lib/schemas/queue";

export const job = (more: Partial<Job> = {}): Job => ({
  id: "job-1",
  batchId: "batch-1",
  projectId: "p",
  sentenceId: "s-1",
  kind: "shot",
  isProof: false,
  status: "running",
  isCancelling: false,
  progress: 0,
  step: null,
  attempt: 1,
  failures: 0,
  lane: null,
  seed: 1,
  priority: 0,
  notes: [],
  error: null,
  preview: 0,
  queuedAt: "2026-11-24T12:00:00.000Z",
  startedAt: null,
  endedAt: null,
  ...more,
});

export const sentence = (more: Partial<SentenceState> = {}): Extract<ProjectEvent, { type: "sentence" }> => ({
  type: "sentence",
  sentence: {
    id: "s-1",
    status: "generating",
    isImageDirty: true,
    imageFile: null,
    imageUrl: null,
    selectedTakeId: null,
    shownTake: null,
    seed: null,
    job: null,
    openJobs: 0,
    failedJobs: 0,
    error: null,
    ...more,
  },
});

export const queueStatus = (queued: number): QueueStatus => ({
  isDemo: false,
  isPaused: false,
  pause: null,
  queued,
  running: 0,
  lanes: [],
});
export const queue = (queued: number): ProjectEvent => ({ type: "queue", queue: queueStatus(queued) });
export const snapshot = (queued: number): ProjectEvent => ({
  type: "snapshot",
  sentences: [],
  queue: queueStatus(queued),
});

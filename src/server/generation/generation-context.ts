import type { Log } from "@/lib/log";
import type { Database } from "@/server/db/database";
import type { EventHub } from "@/server/events/event-hub";
import type { ImageStore } from "@/server/image-store/image-store";
import type { Fleet } from "./fleet";
import type { JobQueue } from "./job-queue";
import type { LiveProgress } from "./live-progress";
import type { WorkflowLibrary } from "./workflow-library";

/** Waits of the queue, in ms. Tests shorten them. */
export interface GenerationTimings {
  /** Before the second attempt; each further wait is longer by `retryFactor`, and up to twice that by chance. */
  retryFirstMs: number;
  retryFactor: number;
  /** Poll for work behind the wake-ups. */
  pollMs: number;
  /** Between two signs of life of the jobs that are worked on; pg-boss gives up on a job after 10 s without. */
  touchMs: number;
  /** A lane's lease, by the database's clock. */
  leaseMs: number;
  /** First and longest wait of a lane in trouble before it tries again. */
  troubleFirstMs: number;
  troubleMaxMs: number;
  /** Longest wait before an absent server is asked again or a trouble probed: its end is noticed within it. */
  noticeMs: number;
  /** How long a request waits for a server's answers before it queues without them. */
  preflightMs: number;
}

export const GENERATION_TIMINGS: GenerationTimings = {
  retryFirstMs: 4_000,
  retryFactor: 2.5,
  pollMs: 1_000,
  touchMs: 3_000,
  leaseMs: 10_000,
  troubleFirstMs: 5_000,
  troubleMaxMs: 300_000,
  noticeMs: 8_000,
  preflightMs: 200,
};

/** What the queue works with. Made once, by `boot` (and by tests). */
export interface GenerationContext {
  database: Database;
  images: ImageStore;
  events: EventHub;
  library: WorkflowLibrary;
  queue: JobQueue;
  live: LiveProgress;
  fleet: Fleet;
  /** Ids of sentences whose selected take could not be put into `images/` yet. */
  unshown: Set<string>;
  /** Names this process among those that share the database. */
  owner: string;
  timings: GenerationTimings;
  log: Log;
}

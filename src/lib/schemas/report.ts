import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { failureSchema, idSchema, NO_NUL, noNul, timeSchema } from "./common";
import { laneStateSchema } from "./queue";

const sentenceIds = z.array(idSchema).max(LIMITS.sentencesPerProject);

/** Failed shots with one reason. */
const failedSchema = failureSchema.extend({ sentenceIds });

/** What became of the pictures that were in line when Shotboard ended: all of their batches. */
export const startReportSchema = z.object({
  /** When this start of Shotboard began. */
  startedAt: timeSchema,
  /** When it had ended before, in order; null where it was killed. */
  endedAt: timeSchema.nullable(),
  /** Pictures that were asked for. */
  total: z.int(),
  done: z.int(),
  /** Of those, made since this start. */
  doneSince: z.int(),
  /** In line or being painted now. */
  open: z.int(),
  cancelled: z.int(),
  failed: z.array(failedSchema).max(LIMITS.sentencesPerProject),
  /** Shots that were painted, but otherwise than asked for, or whose text was changed meanwhile. */
  toCheck: z
    .array(z.object({ sentenceId: idSchema, notes: z.array(z.string()), isDirty: z.boolean() }))
    .max(LIMITS.sentencesPerProject * LIMITS.takesMax),
});
export type StartReport = z.infer<typeof startReportSchema>;

export const laneHistoryInput = z
  .strictObject({ lane: z.string().min(1).max(2_000).refine(noNul, NO_NUL).optional() })
  .optional();
/** What happened to lanes, newest first: each change of their state but the turns of their work. */
export const laneHistoryOutput = z.object({
  items: z
    .array(
      z.object({
        lane: z.string(),
        state: laneStateSchema,
        message: z.string().nullable(),
        at: timeSchema,
      }),
    )
    .max(1_000),
});
export type LaneHistory = z.infer<typeof laneHistoryOutput>;

/** The last pictures that failed, by reason, the newest first. */
export const lastErrorsOutput = z.object({
  items: z
    .array(
      failureSchema.extend({
        count: z.int(),
        lastAt: timeSchema,
        /** The shots it happened to, each once, the newest first; of tests there are none. */
        shots: z
          .array(
            z.object({
              projectId: idSchema,
              projectName: z.string(),
              sentenceId: idSchema,
              text: z.string(),
              /** Whether this is told of it now; else it was painted or kept since, or is in line again. */
              isFailed: z.boolean(),
            }),
          )
          .max(200),
      }),
    )
    .max(200),
});
export type LastErrors = z.infer<typeof lastErrorsOutput>;

import { vi } from "vitest";
import type { Job, JobStatus } from "@/lib/schemas/job";
import type { GenerateInput } from "@/lib/schemas/image";
import type { Sentence } from "@/lib/schemas/sentence";
import type { TestApp } from "../../support/test-app";
import { patience } from "./patience";
import { promptsOf, type Received } from "./received";

/** All sentences of a project in board order. */
export async function sentencesOf(app: TestApp, projectId: string): Promise<Sentence[]> {
  const project = await app.client.project.get.query({ projectId });
  return project.sections.flatMap((section) => section.sentences);
}

export const sentence = (app: TestApp, sentenceId: string): Promise<Sentence> =>
  app.client.sentence.get.query({ sentenceId });
export const job = (app: TestApp, jobId: string): Promise<Job> => app.client.job.get.query({ jobId });

/** Waits until a job is in that state. */
export async function jobBecomes(app: TestApp, jobId: string, status: JobStatus): Promise<Job> {
  return vi.waitUntil(async () => {
    const now = await job(app, jobId);
    return now.status === status ? now : null;
  }, patience);
}

/** Generates and waits until all is over; answers the jobs in their order, each with its last prompt. */
export async function paint(app: TestApp, input: GenerateInput): Promise<{ job: Job; prompt: Received }[]> {
  const { jobIds } = await app.client.image.generate.mutate(input);
  await app.settled(input.projectId);
  return Promise.all(
    jobIds.map(async (id) => ({ job: await job(app, id), prompt: promptsOf(app.comfy, id).at(-1)! })),
  );
}

/** The same for a request that makes one picture. */
export async function paintOne(app: TestApp, input: GenerateInput): Promise<{ job: Job; prompt: Received }> {
  const [one] = await paint(app, input);
  if (!one) throw new Error("Nothing was queued.");
  return one;
}

/** A call's refusal, as its client sees it. */
export async function refusal(call: Promise<unknown>): Promise<{
  message: string;
  httpStatus: number;
  reason: string;
  field: string | null;
  remedy: string | null;
}> {
  const error = await call.then(
    () => null,
    (reason: unknown) =>
      reason as {
        message: string;
        data: { httpStatus: number; reason: string; field: string | null; remedy: string | null };
      },
  );
  if (!error) throw new Error("Expected the call to be refused.");
  return { message: error.message, ...error.data };
}

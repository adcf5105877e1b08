import type { Job } from "@/lib/schemas/job";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";

const TIME = "2026-01-01T00:00:00.000Z";

/** A queued job. */
export function makeJob(changes: Partial<Job> = {}): Job {
  return {
    id: "job",
    batchId: "batch",
    projectId: "project",
    sentenceId: "s1",
    kind: "shot",
    isProof: false,
    status: "queued",
    isCancelling: false,
    progress: 0,
    step: null,
    attempt: 0,
    failures: 0,
    lane: null,
    seed: null,
    priority: 0,
    notes: [],
    error: null,
    preview: 0,
    queuedAt: TIME,
    startedAt: null,
    endedAt: null,
    ...changes,
  };
}

/** A shot without a picture. */
export function makeShot(id: string, changes: Partial<Sentence> = {}): Sentence {
  return {
    id,
    sectionId: "section",
    position: 0,
    text: `The sentence ${id}.`,
    imagePrompt: null,
    modelId: null,
    styleId: null,
    seed: null,
    isSeedLocked: false,
    isLocked: false,
    status: "pending",
    isImageDirty: true,
    imageFile: null,
    imageUrl: null,
    selectedTakeId: null,
    shownTake: null,
    isFlagged: false,
    startMs: null,
    endMs: null,
    characterIds: null,
    job: null,
    openJobs: 0,
    failedJobs: 0,
    error: null,
    version: 1,
    ...changes,
  };
}

/** A shot with a clean picture. */
export function makePainted(id: string, changes: Partial<Sentence> = {}): Sentence {
  return makeShot(id, {
    status: "completed",
    isImageDirty: false,
    imageFile: `projects/project/images/${id}.png`,
    imageUrl: `/media/projects/project/images/${id}.png?v=take-${id}`,
    selectedTakeId: `take-${id}`,
    ...changes,
  });
}

/** A shot of which the last picture failed, with no other. */
export const makeFailed = (id: string, changes: Partial<Sentence> = {}): Sentence =>
  makeShot(id, {
    status: "failed",
    failedJobs: 1,
    error: { code: "node_error", message: "No file.", field: null, remedy: null },
    ...changes,
  });

/** A shot in the line. */
export function makeQueued(id: string, job: Partial<Job> = {}, changes: Partial<Sentence> = {}): Sentence {
  return makeShot(id, {
    status: "generating",
    job: makeJob({ id: `job-${id}`, sentenceId: id, ...job }),
    openJobs: 1,
    ...changes,
  });
}

/** A project of one section for each list of shots. */
export function makeProject(...sections: Sentence[][]): Project {
  return {
    id: "project",
    name: "A project",
    modelId: null,
    styleId: null,
    width: 1920,
    height: 1088,
    createdAt: TIME,
    updatedAt: TIME,
    sections: sections.map((sentences, index) => ({
      id: `section-${index}`,
      projectId: "project",
      title: `Section ${index}`,
      position: index,
      sentences,
    })),
  };
}

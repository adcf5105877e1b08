import type { ProjectEvent, SentenceState } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { isEqual } from "./is-equal";
import { isBeside } from "./job-step";

/** A change of one sentence; the same object means no change. */
type Change = (sentence: Sentence) => Sentence;

/**
 * The project after some events, oldest first. Sections and sentences that did not change stay the same objects,
 * so that only the shots that did are drawn again.
 */
export function applyEvents(project: Project, events: readonly ProjectEvent[]): Project {
  const changes = new Map<string, Change[]>();
  const add = (id: string, change: Change) => {
    const known = changes.get(id);
    if (known) known.push(change);
    else changes.set(id, [change]);
  };
  for (const event of events) {
    if (event.type === "snapshot")
      for (const state of event.sentences) add(state.id, (one) => withState(one, state));
    else if (event.type === "sentence") add(event.sentence.id, (one) => withState(one, event.sentence));
    else if (event.type === "job" && event.job.sentenceId !== null && !event.job.isProof)
      add(event.job.sentenceId, (one) => withJob(one, event.job));
  }
  return changeSentences(project, changes);
}

/** The project with sentences as they are stored now. */
export function withSentences(project: Project, stored: readonly Sentence[]): Project {
  return changeSentences(
    project,
    new Map(
      stored.map((sentence) => [sentence.id, [(one) => (one.version > sentence.version ? one : sentence)]]),
    ),
  );
}

function changeSentences(project: Project, changes: ReadonlyMap<string, Change[]>): Project {
  if (changes.size === 0) return project;
  let isChanged = false;
  const sections = project.sections.map((section) => {
    let isSectionChanged = false;
    const sentences = section.sentences.map((sentence) => {
      const next = (changes.get(sentence.id) ?? []).reduce((one, change) => change(one), sentence);
      if (next !== sentence) isSectionChanged = true;
      return next;
    });
    if (!isSectionChanged) return section;
    isChanged = true;
    return { ...section, sentences };
  });
  return isChanged ? { ...project, sections } : project;
}

function withState(sentence: Sentence, state: SentenceState): Sentence {
  const isSame = (Object.keys(state) as (keyof SentenceState)[]).every((key) =>
    isEqual(sentence[key], state[key]),
  );
  return isSame ? sentence : { ...sentence, ...state };
}

/** Progress of an open job. How a job ended is told by its sentence's own event. */
function withJob(sentence: Sentence, job: Job): Sentence {
  if (job.status !== "queued" && job.status !== "running") return sentence;
  if (sentence.status !== "generating") return sentence;
  const shown = sentence.job;
  if (isBeside(shown, job)) return sentence;
  if (shown?.id === job.id && job.attempt < shown.attempt) return sentence;
  return { ...sentence, job };
}

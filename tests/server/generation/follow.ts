import type { ShotboardClient } from "@/lib/client";
import type { ProjectEvent } from "@/lib/schemas/events";
import type { Job } from "@/lib/schemas/job";

export interface Follower {
  /** All that came since the snapshot, which is the first. */
  events: ProjectEvent[];
  /** The states of a job in the order they came. */
  jobs(jobId: string): Job[];
  /** Resolves with the first event, also of those that came already, that fits. */
  until(fits: (event: ProjectEvent) => boolean): Promise<ProjectEvent>;
  stop(): void;
}

/** Subscribes to a project; resolves once the snapshot is there, so that nothing later is missed. */
export async function follow(client: ShotboardClient, projectId: string): Promise<Follower> {
  const events: ProjectEvent[] = [];
  let waiting: (() => void)[] = [];
  const subscription = client.events.onProject.subscribe(
    { projectId },
    {
      onData: ({ data }) => {
        events.push(data);
        for (const wake of waiting.splice(0)) wake();
      },
    },
  );
  const until: Follower["until"] = async (fits) => {
    for (let seen = 0; ;) {
      for (; seen < events.length; seen += 1) if (fits(events[seen]!)) return events[seen]!;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  await until((event) => event.type === "snapshot");
  return {
    events,
    jobs: (jobId) =>
      events.flatMap((event) => {
        const job = event.type === "job" ? event.job : event.type === "sentence" ? event.sentence.job : null;
        return job?.id === jobId ? [job] : [];
      }),
    until,
    stop: () => {
      subscription.unsubscribe();
      waiting = [];
    },
  };
}

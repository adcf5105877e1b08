import type { ShotboardClient } from "@/lib/client";

type NewProject = Parameters<ShotboardClient["project"]["create"]["mutate"]>[0];
type NewSentence = NonNullable<NewProject["sections"]>[number]["sentences"][number];

/** Makes a project of that many sentences and answers its id. */
export async function makeProject(
  client: ShotboardClient,
  sentences: number,
  { characterIds, ...more }: Partial<NewProject> & Pick<NewSentence, "characterIds"> = {},
): Promise<string> {
  const section = {
    title: "One",
    sentences: Array.from({ length: sentences }, (_, index) => ({
      text: `The ferry left the ${index + 1}th harbour at dawn, and nobody waved.`,
      ...(characterIds && { characterIds }),
    })),
  };
  return (await client.project.create.mutate({ name: "Benchmark", sections: [section], ...more })).id;
}

/**
 * Looks at a project's board, as an open tab does, until none of its shots is being made.
 * @throws where a shot has failed
 */
export async function watchUntilSettled(client: ShotboardClient, projectId: string): Promise<void> {
  const statuses = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    const subscription = client.events.onProject.subscribe(
      { projectId },
      {
        onData: ({ data }) => {
          const changed =
            data.type === "snapshot" ? data.sentences : data.type === "sentence" ? [data.sentence] : [];
          for (const { id, status } of changed) statuses.set(id, status);
          const all = [...statuses.values()];
          if (all.length === 0 || all.includes("generating")) return;
          subscription.unsubscribe();
          if (all.includes("failed")) reject(new Error("A shot of the benchmark failed."));
          else resolve();
        },
        onError: reject,
      },
    );
  });
}

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import sharp from "sharp";
import type { ShotboardClient } from "@/lib/client";
import type { Job } from "@/lib/schemas/job";

/** What is wrong with a board after everything has ended; all of it is to be nothing. */
export interface Damage {
  /** Sentences without a picture, or with one that does not decode. */
  lost: number;
  /** Sentences with more than one take or more than one completed job. */
  twice: number;
  /** Jobs that neither completed nor failed nor were cancelled. */
  stuck: number;
  /** Jobs that failed. */
  failed: number;
  /** Sentences whose own file is not their selected take's. */
  notShown: number;
}

export const UNHARMED: Damage = { lost: 0, twice: 0, stuck: 0, failed: 0, notShown: 0 };

/** Queues a small picture for each of so many sentences. */
export async function queueShots(client: ShotboardClient, shots: number): Promise<string> {
  const { id: projectId } = await client.project.create.mutate({
    name: `Chaos ${shots}`,
    width: 320,
    height: 192,
    sections: [
      {
        title: "One",
        sentences: Array.from({ length: shots }, (_, index) => ({ text: `Shot number ${index + 1}.` })),
      },
    ],
  });
  const { queued } = await client.image.generate.mutate({ projectId });
  if (queued !== shots) throw new Error(`${queued} of ${shots} pictures were queued.`);
  return projectId;
}

async function listJobs(client: ShotboardClient, projectId: string): Promise<Job[]> {
  const all: Job[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.job.list.query({ projectId, ...(cursor !== undefined && { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/**
 * Looks at every sentence, job, take and file of a project.
 * @returns also the number of files that belong to nothing: drafts and takes whose writer was killed before the commit
 */
export async function inspectBoard(
  client: ShotboardClient,
  dataDir: string,
  projectId: string,
): Promise<{ damage: Damage; strays: number }> {
  const damage = { ...UNHARMED };
  const jobs = await listJobs(client, projectId);
  damage.stuck = jobs.filter((job) => job.status === "queued" || job.status === "running").length;
  damage.failed = jobs.filter((job) => job.status === "failed").length;
  const completed = new Map<string, number>();
  for (const job of jobs)
    if (job.status === "completed" && job.sentenceId !== null)
      completed.set(job.sentenceId, (completed.get(job.sentenceId) ?? 0) + 1);
  const known = new Set<string>();
  const { sections } = await client.project.get.query({ projectId });
  for (const sentence of sections.flatMap((section) => section.sentences)) {
    const { items } = await client.take.list.query({ sentenceId: sentence.id });
    if (items.length > 1 || (completed.get(sentence.id) ?? 0) > 1) damage.twice += 1;
    for (const take of items) known.add(basename(take.file));
    known.add(`${sentence.id}.png`);
    const selected = items.find((take) => take.isSelected);
    const bytes = selected && (await readPicture(join(dataDir, selected.file)));
    if (!bytes || sentence.status !== "completed") damage.lost += 1;
    const shown = await readPicture(join(dataDir, "projects", projectId, "images", `${sentence.id}.png`));
    if (!shown || !bytes?.equals(shown)) damage.notShown += 1;
  }
  const files = await readdir(join(dataDir, "projects", projectId), { recursive: true });
  const strays = files.filter((file) => file.includes(".") && !known.has(basename(file))).length;
  return { damage, strays };
}

/** A file's bytes, or null where it is gone or does not decode to its last pixel. */
async function readPicture(file: string): Promise<Buffer | null> {
  const bytes = await readFile(file).catch(() => null);
  const pixels =
    bytes &&
    (await sharp(bytes, { failOn: "warning" })
      .stats()
      .catch(() => null));
  return pixels && bytes;
}

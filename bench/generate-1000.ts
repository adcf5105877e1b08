/**
 * How long `image.generate` takes for 1,000 sentences over HTTP on PGlite, beside a bare insert of 1,000 job rows
 * in one transaction. Cold is the first request of a server.
 *
 *   npx tsx bench/generate-1000.ts
 */
import { join } from "node:path";
import { findRoot } from "@/server/boot/find-root";
import { newId } from "@/server/db/new-id";
import { openPglite } from "@/server/db/open-pglite";
import { generationJobs, projects, sections, sentences } from "@/server/db/schema";
import { makeProject, watchUntilSettled } from "./support/board";
import { ms, percentile, report } from "./support/report";
import { startChild } from "./support/start-child";
import { makeDataFolder, startShotboard } from "./support/start-shotboard";

const SENTENCES = 1_000;
const SERVERS = 3;
const WARM = 4;

/** A database of its own with 1,000 sentences, and the bare insert of their jobs. */
async function openBare(): Promise<AsyncDisposable & { insert: () => Promise<void> }> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await makeDataFolder());
  const migrations = join(findRoot(import.meta.dirname), "src", "server", "db", "migrations");
  const database = await openPglite({ folder: join(folder.path, "pglite"), migrations });
  started.defer(database.close);
  const { db } = database;
  const ids = Array.from({ length: SENTENCES }, newId);
  await db.insert(projects).values({ id: "bare", name: "Bare" });
  await db.insert(sections).values({ id: "bare", projectId: "bare", title: "One", position: 0 });
  const rows = ids.map((id, position) => ({ id, projectId: "bare", sectionId: "bare", position, text: id }));
  await db.insert(sentences).values(rows);
  const insert = async () => {
    const batchId = newId();
    const jobs = ids.map((sentenceId) => ({
      id: newId(),
      batchId,
      projectId: "bare",
      sentenceId,
      kind: "shot" as const,
      input: { overrides: {}, modelId: null },
    }));
    await db.transaction((tx) => tx.insert(generationJobs).values(jobs));
  };
  const all = started.move();
  return {
    insert: async () => {
      await insert();
      await db.delete(generationJobs);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const took = { cold: [] as number[], warm: [] as number[], bare: [] as number[] };
await using comfy = await startChild("comfyui.ts", { args: ["50"] });
await using bare = await openBare();
for (let server = 0; server < SERVERS; server += 1) {
  await using shotboard = await startShotboard(comfy.url);
  const { client } = shotboard;
  const projectId = await makeProject(client, SENTENCES, { modelId: "z-image-turbo" });
  const generate = async () => {
    const { queued } = await client.image.generate.mutate({ projectId, force: true });
    if (queued < SENTENCES) throw new Error(`Only ${queued} of ${SENTENCES} sentences were queued.`);
  };
  for (let round = 0; round <= WARM; round += 1) {
    (round === 0 ? took.cold : took.warm).push(await time(generate));
    await client.image.cancel.mutate({ projectId });
    await watchUntilSettled(client, projectId);
    took.bare.push(await time(bare.insert));
  }
}
const beside = percentile(took.bare, 0.5);
for (const [label, all] of [
  ["first request of a server", took.cold],
  ["warm", took.warm],
] as const) {
  const median = percentile(all, 0.5);
  report({
    what: `generate 1,000 sentences, ${label}, median (worst ${ms(Math.max(...all))})`,
    ours: ms(median),
    beside: `${ms(beside)} bare insert`,
    ratio: median / beside,
    target: "≤ 300 ms",
  });
}

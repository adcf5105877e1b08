import type { ShotboardClient } from "@/lib/client";
import { createShotboardClient } from "@/lib/client";
import { findProcedures, findRoutes, fuzzCalls } from "./fuzz-calls";
import { fuzzHttp, fuzzWebSocket } from "./fuzz-raw";
import type { Known } from "./inputs";
import { Offences } from "./offences";
import { startRenderer } from "./renderer";
import { startWatchedServer } from "./watched-server";

export interface FuzzFigures {
  procedures: number;
  routes: number;
  requests: number;
  raw: number;
  /** Answers by status. */
  statuses: Map<string, number>;
  /** What must not happen. */
  offences: string[];
  /** Bytes on the heap after a fifth of it and at the end. */
  heap: readonly [before: number, after: number];
  rss: readonly [before: number, after: number];
}

/** A project, a picture, ids of everything: what a call needs to get further than its check. */
async function makeKnown(client: ShotboardClient, comfyUrl: string): Promise<Known> {
  const { id: projectId } = await client.project.create.mutate({
    name: "Fuzz",
    width: 320,
    height: 192,
    sections: [{ title: "One", sentences: [{ text: "The ferry left." }, { text: "Nobody waved." }] }],
  });
  const { jobIds, batchId } = await client.image.generate.mutate({ projectId });
  const project = await client.project.get.query({ projectId });
  const sentences = project.sections.flatMap((section) => section.sentences);
  await new Promise<void>((resolve, reject) => {
    const subscription = client.events.onProject.subscribe(
      { projectId },
      {
        onData: ({ data }) => {
          if (data.type !== "sentence" && data.type !== "snapshot") return;
          void client.queue.status.query().then(({ queued, running }) => {
            if (queued + running > 0) return;
            subscription.unsubscribe();
            resolve();
          }, reject);
        },
        onError: reject,
      },
    );
  });
  const takes = await client.take.list.query({ sentenceId: sentences[0]!.id });
  const models = await client.model.list.query({});
  const styles = await client.style.list.query({});
  const characters = await client.character.list.query({});
  const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);
  const images = characters.items.flatMap((character) => ids(character.images));
  return {
    projectId: [projectId],
    sectionId: ids(project.sections),
    sentenceId: ids(sentences),
    jobId: jobIds,
    batchId: batchId === null ? [] : [batchId],
    takeId: ids(takes.items),
    modelId: ids(models.items),
    styleId: ids(styles.items),
    characterId: ids(characters.items),
    characterRef: ids(characters.items),
    imageId: images,
    mainImageId: images,
    compatibleModel: ids(models.items),
    workflowFile: ["z-image-turbo.json", "../package.json"],
    lane: [comfyUrl, "http://127.0.0.1:1"],
    // Nothing outside this machine is ever asked.
    url: [
      comfyUrl,
      "http://127.0.0.1:1",
      "https://127.0.0.1:1",
      "http://user:word@127.0.0.1:1",
      "http://127.0.0.1:1/a/b?c#d",
      "http://[::1]:1",
      "http://169.254.169.254/latest",
      "ftp://127.0.0.1",
      "file:///etc/passwd",
      "127.0.0.1:1",
      "http://",
      "http://127.0.0.1:99999",
    ],
  };
}

/** Sends every procedure and route its inputs, and the port what is hardly HTTP or WebSocket. */
export async function runFuzz({
  inputs,
  raw,
  seed,
}: {
  /** Inputs for each procedure and route. */
  inputs: number;
  /** Raw requests, and as many raw WebSockets. */
  raw: number;
  seed: number;
}): Promise<FuzzFigures> {
  await using renderer = await startRenderer(0);
  await using server = await startWatchedServer();
  const { url } = server;
  const client = createShotboardClient({ url });
  await client.server.connect.mutate({ url: renderer.url });
  const known = await makeKnown(client, renderer.url);
  await client.close();
  const procedures = findProcedures(known);
  const routes = findRoutes(known);
  const targets = [...procedures, ...routes];
  const offences = new Offences();
  const statuses = new Map<string, Map<string, number>>();
  const first = Math.ceil(inputs / 5);
  const round = async (share: number, of: number) => {
    await fuzzCalls({ url, targets, inputs: share, seed: seed + share, offences, statuses });
    await fuzzHttp({ url, count: of, seed: seed + of, offences });
    await fuzzWebSocket({ url, count: of, seed: seed + of, offences });
  };
  const firstRaw = Math.ceil(raw / 5);
  await round(first, firstRaw);
  const before = await server.memory();
  await round(inputs - first, raw - firstRaw);
  const after = await server.memory();
  const health = await fetch(`${url}/healthz`);
  if (health.status !== 200) offences.add(`/healthz answers ${health.status}`, null);
  if (server.hasEnded) offences.add("the server ended", null);
  for (const line of server.complaints()) offences.add("the server complains", line);
  const total = new Map<string, number>();
  for (const of of statuses.values())
    for (const [status, times] of of) total.set(status, (total.get(status) ?? 0) + times);
  return {
    procedures: procedures.length,
    routes: routes.length,
    requests: [...total.values()].reduce((a, b) => a + b, 0),
    raw: raw * 2,
    statuses: total,
    offences: offences.toList(),
    heap: [before.heapUsed, after.heapUsed],
    rss: [before.rss, after.rss],
  };
}

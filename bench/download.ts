/**
 * A ZIP of 400 pictures of 3 to 4 MB each: how soon it starts, how long it takes, and how much memory Shotboard's
 * process grows meanwhile. Beside it: a process that only reads the same files and sends them.
 *
 *   npx tsx bench/download.ts
 */
import { get, type IncomingMessage } from "node:http";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { makeProject, watchUntilSettled } from "./support/board";
import { mb, ms, report } from "./support/report";
import { residentMemory } from "./support/resident-memory";
import { startChild } from "./support/start-child";
import { startShotboard } from "./support/start-shotboard";

const PICTURES = 400;
/** Each cut takes the processor a third of a second, so fewer are made. */
const CUTS = 40;

/** A picture whose pixels pack as those of a painted one do. */
function noise(): Promise<Buffer> {
  const gaussian = { type: "gaussian" as const, mean: 128, sigma: 5 };
  const create = { width: 1920, height: 1088, channels: 3 as const, background: "grey", noise: gaussian };
  return sharp({ create }).png({ compressionLevel: 6 }).toBuffer();
}

interface Fetched {
  firstByte: number;
  total: number;
  bytes: number;
  /** Bytes that the process grew over what it took before, at most. */
  grown: number;
}

async function fetchWhole(url: string, pid: number): Promise<Fetched> {
  await wait(1_000);
  const before = residentMemory(pid);
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, residentMemory(pid))), 10);
  const start = performance.now();
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { agent: false }, resolve).once("error", reject),
  );
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}.`);
  let firstByte = 0;
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (bytes === 0) firstByte = performance.now() - start;
    bytes += chunk.length;
  }
  const total = performance.now() - start;
  clearInterval(sampling);
  return { firstByte, total, bytes, grown: most - before };
}

await using comfy = await startChild("comfyui.ts", { args: ["0"] });
await using shotboard = await startShotboard(comfy.url);
const { client, url, pid, dataDir } = shotboard;
const projectId = await makeProject(client, PICTURES, { modelId: "z-image-turbo" });
await client.image.generate.mutate({ projectId });
await watchUntilSettled(client, projectId);
const { sections } = await client.project.get.query({ projectId });
const shots = sections.flatMap((section) => section.sentences);
const picture = await noise();
const takes = join(dataDir, "projects", projectId, "takes");
for (const { selectedTakeId } of shots) await writeFile(join(takes, `${selectedTakeId}.png`), picture);

await using plain = await startChild("plain-copy.ts", { args: [takes] });
const cuts = {
  projectId,
  sentenceIds: shots.slice(0, CUTS).map((one) => one.id),
  size: "1920x1080" as const,
};
const beside = await fetchWhole(plain.url, plain.process.pid!);
const ours = await fetchWhole(`${url}/api/v1/projects/${projectId}/download`, pid);
const cut = await fetchWhole(url + (await client.download.prepare.mutate(cuts)).url, pid);
const what = `ZIP of ${PICTURES} pictures of ${mb(picture.length)}`;
report(
  {
    what: `${what}, first byte`,
    ours: ms(ours.firstByte),
    beside: `${ms(beside.firstByte)} plain copy`,
    ratio: ours.firstByte / beside.firstByte,
    target: "< 1 s",
  },
  {
    what: `${what}, memory grown`,
    ours: mb(ours.grown),
    beside: `${mb(beside.grown)} plain copy`,
    ratio: ours.grown / beside.grown,
    target: "< 100 MB",
  },
  {
    what: `${what}, whole (${mb(ours.bytes)})`,
    ours: ms(ours.total),
    beside: `${ms(beside.total)} plain copy`,
    ratio: ours.total / beside.total,
    target: "",
  },
  {
    what: `${CUTS} of them cut to 1920×1080, memory grown (${ms(cut.total / CUTS)} each)`,
    ours: mb(cut.grown),
    beside: `${mb(beside.grown)} plain copy`,
    ratio: cut.grown / beside.grown,
    target: "< 100 MB",
  },
);

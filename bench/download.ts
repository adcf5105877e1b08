/**
 * A download of 400 pictures of 4 MB: how soon it starts, how long it takes, and how much memory it needs, beside
 * reading the same files one after the other.
 *
 *   npx tsx bench/download.ts
 */
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
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

await using comfy = await startChild("comfyui.ts", { args: ["5"] });
await using board = await startShotboard(comfy.url);
const projectId = await makeProject(board.client, PICTURES, { modelId: "z-image-turbo" });
await board.client.image.generate.mutate({ projectId });
await watchUntilSettled(board.client, projectId);

// What a GPU paints does not compress as placeholders do.
const pixels = randomBytes(1920 * 1088 * 3).map((byte) => 64 + (byte >> 2));
const picture = await sharp(pixels, { raw: { width: 1920, height: 1088, channels: 3 } })
  .png()
  .toBuffer();
const project = await board.client.project.get.query({ projectId });
const files: string[] = [];
for (const { id } of project.sections.flatMap((section) => section.sentences)) {
  const { items } = await board.client.take.list.query({ sentenceId: id });
  files.push(join(board.dataDir, items[0]!.file));
}
for (const file of files) await writeFile(file, picture);
await wait(2_000);

let began = performance.now();
for (const file of files) for await (const _ of createReadStream(file));
const plain = performance.now() - began;

const before = residentMemory(board.pid);
let most = before;
const sampling = setInterval(() => {
  most = Math.max(most, residentMemory(board.pid));
}, 50);
began = performance.now();
const response = await fetch(`${board.url}/api/v1/projects/${projectId}/download`);
let first = 0;
let size = 0;
for await (const chunk of response.body!) {
  if (first === 0) first = performance.now() - began;
  size += chunk.length;
}
const whole = performance.now() - began;
clearInterval(sampling);
report(
  {
    what: `download of ${PICTURES} pictures, ${mb(size)}`,
    ours: ms(whole),
    beside: `${ms(plain)} reading them`,
    ratio: whole / plain,
    target: "",
  },
  { what: "its first byte", ours: ms(first), beside: ms(whole), ratio: first / whole, target: "< 1,000 ms" },
  {
    what: "memory it needs",
    ours: mb(most - before),
    beside: `${mb(before)} before`,
    ratio: most / before,
    target: "< 100 MB",
  },
);

/**
 * A reference picture of 50 megapixels: how long until its thumbnail is there, beside decoding it once, and how long
 * other requests wait meanwhile.
 *
 *   npx tsx bench/reference-upload.ts
 */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { ms, percentile, report } from "./support/report";
import { startChild } from "./support/start-child";
import { startShotboard } from "./support/start-shotboard";

await using comfy = await startChild("comfyui.ts", { args: ["5"] });
await using board = await startShotboard(comfy.url);
const { id: characterId } = await board.client.character.create.mutate({ name: "Mira" });
const small = sharp(randomBytes(1732 * 1154 * 3), { raw: { width: 1732, height: 1154, channels: 3 } });
const picture = await small.resize(8_660, 5_770, { kernel: "cubic" }).jpeg({ quality: 92 }).toBuffer();

let began = performance.now();
await sharp(picture).raw().toBuffer();
const decoding = performance.now() - began;

const waits: number[] = [];
let isDone = false;
const others = (async () => {
  while (!isDone) {
    const asked = performance.now();
    await board.client.queue.status.query();
    waits.push(performance.now() - asked);
    await wait(20);
  }
})();
began = performance.now();
const answer = await fetch(`${board.url}/api/v1/characters/${characterId}/images`, {
  method: "POST",
  headers: { "content-type": "application/octet-stream" },
  body: new Uint8Array(picture),
});
const { data } = (await answer.json()) as { data: { images: { url: string }[] } };
await (await fetch(`${board.url}${data.images[0]!.url}?w=320`)).arrayBuffer();
const ready = performance.now() - began;
isDone = true;
await others;
report(
  {
    what: "50 MP reference to its thumbnail",
    ours: ms(ready),
    beside: `${ms(decoding)} decoding it`,
    ratio: ready / decoding,
    target: "< 2,000 ms",
  },
  {
    what: "other requests meanwhile, p99",
    ours: ms(percentile(waits, 0.99)),
    beside: `${ms(percentile(waits, 0.5))} median`,
    ratio: percentile(waits, 0.99) / percentile(waits, 0.5),
    target: "< 100 ms",
  },
);

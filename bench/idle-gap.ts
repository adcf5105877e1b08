/**
 * How long ComfyUI stands idle between two pictures, by its own timestamps: a batch of Shotboard beside a bare
 * loop that waits, downloads and submits the same graphs, in turns on the same ComfyUI.
 *
 *   npx tsx bench/idle-gap.ts
 */
import { runBareLoop } from "./support/bare-loop";
import { makeProject, watchUntilSettled } from "./support/board";
import { idleGaps, readHistory } from "./support/comfy-history";
import { ms, percentile, report } from "./support/report";
import { startChild } from "./support/start-child";
import { startShotboard } from "./support/start-shotboard";

const ROUNDS = 1;
const SHOTS = 11;

const CASES = [
  { name: "text to image", modelId: "z-image-turbo", characterIds: [], stepMs: "25" },
  {
    name: "two references",
    modelId: "flux2-klein-4b",
    characterIds: ["mira-solberg", "the-lighthouse"],
    stepMs: "10",
  },
];

for (const { name, modelId, characterIds, stepMs } of CASES) {
  await using comfy = await startChild("comfyui.ts", { args: [stepMs] });
  await using shotboard = await startShotboard(comfy.url);
  const gaps = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const projectId = await makeProject(shotboard.client, SHOTS, { modelId, characterIds });
    await shotboard.client.image.generate.mutate({ projectId });
    await watchUntilSettled(shotboard.client, projectId);
    const ours = await readHistory(comfy.url, SHOTS);
    await runBareLoop(
      comfy.url,
      ours.map((one) => one.graph),
    );
    gaps.ours.push(...idleGaps(ours));
    gaps.bare.push(...idleGaps(await readHistory(comfy.url, SHOTS)));
  }
  for (const [label, share] of [
    ["median", 0.5],
    ["p95", 0.95],
  ] as const) {
    const ours = percentile(gaps.ours, share);
    const bare = percentile(gaps.bare, share);
    const target = share === 0.5 ? "ratio ≤ 1.5" : "";
    report({
      what: `idle gap, ${name}, ${label}`,
      ours: ms(ours),
      beside: `${ms(bare)} bare loop`,
      ratio: ours / bare,
      target,
    });
  }
}

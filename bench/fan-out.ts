/**
 * How long a sampling step of ComfyUI takes to 20 subscribers, as the event of that step or of a newer one. ComfyUI,
 * Shotboard and the subscribers are a process each. Beside it: the steps' own pace.
 *
 *   npx tsx bench/fan-out.ts
 */
import { once } from "node:events";
import { makeProject, watchUntilSettled } from "./support/board";
import type { SentStep } from "./support/comfyui";
import { ms, percentile, report } from "./support/report";
import { startChild } from "./support/start-child";
import { startShotboard } from "./support/start-shotboard";
import type { SeenStep } from "./support/subscribers";

const SUBSCRIBERS = 20;
const SHOTS = 20;
/** Faster than the 50 ms that events of one job are apart, and at about the pace of a fast GPU. */
const PACES = [20, 40, 125];

/** The latencies of the steps: how long after each was sent a subscriber first saw it or a newer one. */
function latencies(sent: readonly SentStep[], seen: readonly SeenStep[]): number[] {
  // Prompts run one after another, so the n-th prompt that was sent is the n-th job that was seen.
  const prompts = [...new Set(sent.map((one) => one.promptId))];
  const jobs = [...new Set(seen.map((one) => one.jobId))];
  if (prompts.length !== jobs.length)
    throw new Error(`${prompts.length} prompts ran, and events told of ${jobs.length} jobs.`);
  return sent.map(({ promptId, value, at }) => {
    const turn = prompts.indexOf(promptId);
    const first = seen.find(
      (one) => jobs.indexOf(one.jobId) > turn || (one.jobId === jobs[turn] && one.value >= value),
    );
    if (!first) throw new Error(`A subscriber never saw step ${value} of prompt ${turn + 1}.`);
    return first.at - at;
  });
}

for (const pace of PACES) {
  await using comfy = await startChild("comfyui.ts", { args: [String(pace)] });
  await using shotboard = await startShotboard(comfy.url);
  const { client } = shotboard;
  const projectId = await makeProject(client, SHOTS, { modelId: "z-image-turbo" });
  const args = [shotboard.url, projectId, String(SUBSCRIBERS)];
  await using subscribers = await startChild("subscribers.ts", { args });
  const sent: SentStep[] = [];
  comfy.process.on("message", (step: SentStep) => sent.push(step));
  await client.image.generate.mutate({ projectId });
  await watchUntilSettled(client, projectId);
  subscribers.process.send("what was seen?");
  const [seen] = (await once(subscribers.process, "message")) as [SeenStep[][]];
  const all = seen.flatMap((one) => latencies(sent, one));
  const p99 = percentile(all, 0.99);
  report({
    what: `step to ${SUBSCRIBERS} subscribers, p99 (median ${ms(percentile(all, 0.5))})`,
    ours: ms(p99),
    beside: `${pace} ms a step`,
    ratio: p99 / pace,
    target: "p99 < 100 ms",
  });
}

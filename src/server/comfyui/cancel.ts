import { setTimeout as delay } from "node:timers/promises";
import { postCommand } from "./fetch-json";
import type { ComfyHttp } from "./http";
import { getQueue } from "./queue";
import type { Timings } from "./timings";

/**
 * Takes one prompt out of ComfyUI and no other. It is deleted from the queue first; `/interrupt` is sent only
 * while `/queue` shows this very prompt running, because an older server ignores the id and stops whoever runs.
 * Both are repeated until the prompt is gone, for at most `cancelVerifyMs`: an interrupt that comes just as a
 * prompt starts is forgotten, and one that comes while a model loads is heard only when that node ends.
 * So a resolved promise means "asked, and gone or stopping".
 */
export async function cancelPrompt(
  http: ComfyHttp,
  timings: Timings,
  promptId: string,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timings.cancelVerifyMs;
  await postCommand(http, "queue", { delete: [promptId] }, { signal });
  for (;;) {
    const queue = await getQueue(http, { signal });
    if (queue.pending.includes(promptId))
      await postCommand(http, "queue", { delete: [promptId] }, { signal });
    else if (queue.running.includes(promptId))
      await postCommand(http, "interrupt", { prompt_id: promptId }, { signal });
    else return;
    if (Date.now() >= deadline) return;
    await delay(timings.cancelPollMs, undefined, { signal });
  }
}

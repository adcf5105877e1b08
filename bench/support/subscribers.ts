/**
 * Subscribers of a project as a process of their own, each with its own WebSocket. Arguments: where Shotboard serves,
 * the project's id, how many. Asked by any message, it answers what each has seen, and when.
 */
import { createShotboardClient } from "@/lib/client";
import { serveParent } from "./start-child";

/** A sampling step as a subscriber saw it, or a later one. */
export interface SeenStep {
  jobId: string;
  value: number;
  /** Milliseconds of the epoch, with fractions. */
  at: number;
}

/** Newer than every step: decoding, storing, the picture itself. */
const AFTER = 1_000;

const [url = "", projectId = "", count = ""] = process.argv.slice(2);
const seen: SeenStep[][] = [];
const clients = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const client = createShotboardClient({ url });
    const steps: SeenStep[] = (seen[index] = []);
    const jobOf = new Map<string, string>();
    await new Promise<void>((resolve, reject) => {
      client.events.onProject.subscribe(
        { projectId },
        {
          onData: ({ data }) => {
            if (data.type === "snapshot") resolve();
            const at = performance.timeOrigin + performance.now();
            if (data.type === "job") {
              const value = Number(/sampling (\d+)\//.exec(data.job.step ?? "")?.[1] ?? 0);
              const isAfter = value === 0 && steps.at(-1)?.jobId === data.job.id;
              if (value > 0 || isAfter) steps.push({ jobId: data.job.id, value: value || AFTER, at });
              if (data.job.sentenceId !== null) jobOf.set(data.job.sentenceId, data.job.id);
            }
            if (data.type !== "sentence" || data.sentence.job !== null) return;
            const jobId = jobOf.get(data.sentence.id);
            if (jobId !== undefined) steps.push({ jobId, value: AFTER, at });
          },
          onError: reject,
        },
      );
    });
    return client;
  }),
);
process.on("message", () => process.send?.(seen));
serveParent({ url }, async () => {
  await Promise.all(clients.map((client) => client.close()));
});

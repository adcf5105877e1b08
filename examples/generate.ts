/**
 * Makes a project from a script, generates all its pictures, and prints how far it is.
 *
 *   npx tsx examples/generate.ts script.txt
 *
 * SHOTBOARD_URL (default http://127.0.0.1:3000) and SHOTBOARD_TOKEN say where, as whom.
 */
import { readFile } from "node:fs/promises";
import { createShotboardClient } from "@/lib/client";

const [file] = process.argv.slice(2);
const script = file
  ? await readFile(file, "utf8")
  : "The ferry left at dawn. Nobody waved. By noon the island was a line.";

const client = createShotboardClient({
  url: process.env.SHOTBOARD_URL ?? "http://127.0.0.1:3000",
  ...(process.env.SHOTBOARD_TOKEN && { token: process.env.SHOTBOARD_TOKEN }),
});

const { id: projectId, sentenceCount } = await client.project.create.mutate({
  name: "From a program",
  script,
  styleId: "cinematic",
});
console.log(`${sentenceCount} shots`);

const ended = Promise.withResolvers<void>();
const done = new Set<string>();
const subscription = client.events.onProject.subscribe(
  { projectId },
  {
    onData: ({ data: event }) => {
      const sentences =
        event.type === "snapshot" ? event.sentences : event.type === "sentence" ? [event.sentence] : [];
      if (event.type === "job") process.stdout.write(`\r${event.job.step ?? ""}          `);
      for (const { id, status, imageFile, error } of sentences) {
        if (done.has(id) || (status !== "completed" && status !== "failed")) continue;
        done.add(id);
        console.log(`\r${done.size}/${sentenceCount} ${imageFile ?? error?.message}`);
      }
      if (done.size === sentenceCount) ended.resolve();
    },
    onError: ended.reject,
  },
);

const { queued, problems } = await client.image.generate.mutate({ projectId });
for (const problem of problems) console.error(`${problem.message} ${problem.remedy ?? ""}`);
if (queued > 0) await ended.promise;
subscription.unsubscribe();
await client.close();

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, open, readdir, readFile, rm, rmdir, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { createShotboardClient, type ShotboardClient } from "@/lib/client";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { startServerProcess } from "../support/server-process";

const MB = 1024 * 1024;

export interface FullDiskFigures {
  pictures: number;
  /** How often the disk was filled, to its last byte and to the room that is kept for the database. */
  fills: number;
  /** ms from room to the first lane that was ready again, of each. */
  noticedMs: number[];
  /** ms from the fullest moment until the lane said so, of each. */
  saidMs: number[];
  lost: number;
  twice: number;
  failed: number;
  renderedAgain: number;
  /** Pictures that do not decode, drafts, and what the look through the data folder found. */
  torn: number;
  drafts: number;
  filesWithoutRows: number;
  rowsWithoutFiles: number;
}

/**
 * Paints pictures into a data folder on a small disk of its own (tmpfs, needs root on Linux), PGlite's folder on it too,
 * while that is filled to the last byte and freed again and again. The built server runs as a process of its own.
 * @param options pictures in all, and how often the disk is filled
 */
export async function runFullDisk({ pictures = 200, fills = 8 } = {}): Promise<FullDiskFigures> {
  const dir = await mkdtemp(join(tmpdir(), "shotboard-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=400m", "tmpfs", dir]);
  const comfy = await startDemoComfyUI({ stepMs: 20, paint: false });
  try {
    const env = { DATA_DIR: dir, COMFYUI_URL: comfy.url };
    await using server = await startServerProcess(env);
    const client = createShotboardClient({ url: server.url });
    const sentences = Array.from({ length: pictures }, (_, n) => ({ text: `Shot number ${n + 1}.` }));
    const { id: projectId } = await client.project.create.mutate({
      name: "Full",
      width: 256,
      height: 144,
      sections: [{ title: "One", sentences }],
    });
    await client.image.generate.mutate({ projectId });
    const saidMs: number[] = [];
    const noticedMs: number[] = [];
    for (let fill = 0; fill < fills; fill += 1) {
      await comfy.waitFor("sampling", comfy.prompts.length + 3);
      const ballast = join(dir, "ballast");
      // To its last byte, or to where only the database may write any more.
      const free = await freeBytes(dir);
      await fillDisk(ballast, fill % 2 === 0 ? free + 2 * MB : free - 40 * MB);
      saidMs.push(await timed(() => stateBecomes(client, "diskFull")));
      await rm(ballast);
      noticedMs.push(await timed(() => stateBecomes(client, "busy", "ready")));
    }
    await finished(client, projectId);
    const { items: jobs } = await client.job.list.query({ projectId });
    const project = await client.project.get.query({ projectId });
    const shots = project.sections.flatMap((section) => section.sentences);
    const takes = await Promise.all(
      shots.map(async ({ id }) => (await client.take.list.query({ sentenceId: id })).items.length),
    );
    await client.close();
    await server.end("SIGTERM");
    // What the look at a start finds, of all that was there before.
    await using again = await startServerProcess(env);
    const second = createShotboardClient({ url: again.url });
    const report = await swept(second);
    await second.close();
    const files = (await readdir(join(dir, "projects"), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    let torn = 0;
    for (const file of files.filter((name) => name.endsWith(".png")))
      await sharp(await readFile(file), { failOn: "warning" })
        .raw()
        .toBuffer()
        .catch(() => (torn += 1));
    return {
      pictures,
      fills,
      noticedMs,
      saidMs,
      lost: takes.filter((count) => count === 0).length,
      twice: takes.filter((count) => count > 1).length,
      failed: jobs.filter(({ status, failures }) => status === "failed" || failures > 0).length,
      renderedAgain: comfy.prompts.length - pictures,
      torn,
      drafts: files.filter((name) => name.endsWith(".tmp")).length,
      filesWithoutRows: report.filesWithoutRows.count,
      rowsWithoutFiles: report.rowsWithoutFiles.count,
    };
  } finally {
    await comfy.close();
    execFileSync("umount", ["-l", dir]);
    if (existsSync(dir)) await rmdir(dir);
  }
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** As another program does it: the last that it writes fails where nothing shall be left. */
async function fillDisk(ballast: string, bytes: number): Promise<void> {
  const file = await open(ballast, "w");
  try {
    for (let left = bytes; left > 0; left -= MB) await file.write(Buffer.alloc(Math.min(MB, left)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    await file.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

async function stateBecomes(client: ShotboardClient, ...states: string[]): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50))
    if (states.includes((await client.queue.status.query()).lanes[0]!.state)) return;
  throw new Error(`The lane was not ${states.join(" or ")} within a minute.`);
}

async function finished(client: ShotboardClient, projectId: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await wait(200)) {
    const { queued, running } = await client.queue.status.query();
    if (queued + running === 0) return;
  }
  throw new Error(`Jobs of ${projectId} are still open.`);
}

async function swept(client: ShotboardClient) {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50)) {
    const report = await client.storage.report.query();
    if (report.sweptAt !== null) return report;
  }
  throw new Error("The look through the data folder did not end within a minute.");
}

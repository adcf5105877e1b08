import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takes } from "@/server/db/schema";
import { chooseShots } from "@/server/services/download/choose-shots";
import { expireTakes } from "@/server/services/storage/expire-takes";
import { sweepStorage } from "@/server/services/storage/sweep-storage";
import { refusalOf } from "../../support/api";
import { openSocket, parseAnswer } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { whitePng } from "../../support/white-png";
import { small } from "../generation/patience";
import { halves, plain, upload } from "./send-own-picture";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const sentence = (sentenceId: string) => app.client.sentence.get.query({ sentenceId });
const takesOf = async (sentenceId: string) => (await app.client.take.list.query({ sentenceId })).items;
const served = async (url: string) => Buffer.from(await (await fetch(app.url + url)).arrayBuffer());
/** The colour in the middle. */
const colorOf = async (picture: Buffer) => {
  const { width, height } = await sharp(picture).metadata();
  const { data } = await sharp(picture)
    .extract({ left: Math.floor(width / 2), top: Math.floor(height / 2), width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
};
const filesOf = async (projectId: string) =>
  (await readdir(join(app.dataDir, "projects", projectId), { recursive: true })).toSorted();
const painted = async () => {
  const made = await app.project(1, small);
  await app.client.image.generate.mutate({ projectId: made.projectId });
  await app.settled(made.projectId);
  return { ...made, id: made.sentenceIds[0]! };
};
const wrongFiles = async () => {
  const { filesWithoutRows, rowsWithoutFiles } = (await sweepStorage(
    app.runtime.services,
    new Date(Date.now() + 60_000),
    new AbortController().signal,
  ))!;
  return filesWithoutRows.count + rowsWithoutFiles.count;
};

describe("an own picture", () => {
  test("is what its shot shows, in the project's shape and locked; the file is kept as it was, and the take before", async () => {
    const { projectId, id } = await painted();
    const before = await sentence(id);
    const given = await halves();
    const told = app.event(
      projectId,
      (event) => event.type === "sentence" && event.sentence.shownTake?.renderer === "own",
    );
    const { status, data } = await upload(app, id, given, "?mode=crop&x=1&y=0.5&credit=Ada%20Archive");
    await told;
    expect(status).toBe(201);
    const { take } = data!;
    expect(take).toMatchObject({
      jobId: null,
      renderer: "own",
      framing: { mode: "crop", x: 1, y: 0.5 },
      credit: "Ada Archive",
      ...small,
      seed: null,
      prompt: null,
      fingerprint: null,
      isSelected: true,
    });
    expect(data!.before).toEqual({ takeId: before.selectedTakeId, isLocked: false });
    expect(await sentence(id)).toMatchObject({
      selectedTakeId: take.id,
      status: "completed",
      isLocked: true,
      isImageDirty: false,
      version: before.version + 1,
    });
    expect(await colorOf(await served((await sentence(id)).imageUrl!))).toEqual([0, 0, 255]);
    expect(await served(take.originalUrl!)).toEqual(given);
    expect((await sharp(await served(`${take.originalUrl}?w=1280`)).metadata()).format).toBe("webp");
    expect(await app.client.take.original.query({ takeId: take.id })).toEqual({
      format: "png",
      bytes: given.length,
      width: 800,
      height: 100,
    });
    expect(await takesOf(id)).toHaveLength(2);
    const shown = join(app.dataDir, "projects", projectId, "images", `${id}.png`);
    expect(await readFile(shown)).toEqual(await readFile(join(app.dataDir, take.file)));
    expect(await wrongFiles()).toBe(0);
  });

  test.each<[string, string, () => Promise<Buffer>]>([
    ["PNG", "png", () => plain("#ff0000").png().toBuffer()],
    ["JPEG", "jpg", () => plain("#ff0000").jpeg().toBuffer()],
    ["WebP", "webp", () => plain("#ff0000").webp().toBuffer()],
    ["TIFF", "tif", () => plain("#ff0000").tiff().toBuffer()],
  ])("may be a %s", async (_, ending, make) => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const { status, data } = await upload(app, sentenceIds[0]!, await make(), "?mode=fit&ground=white");
    expect({ status, framing: data?.take.framing }).toEqual({
      status: 201,
      framing: { mode: "fit", ground: "white" },
    });
    expect(await filesOf(projectId)).toContain(join("originals", `${data!.take.id}.${ending}`));
    const answer = await fetch(app.url + data!.take.originalUrl!);
    expect(answer.headers.get("content-type")).toMatch(/^image\/(png|jpeg|webp|tiff)$/);
  });

  test("may have 119 megapixels", { timeout: 60_000 }, async () => {
    const { sentenceIds } = await app.project(1, small);
    const { status, data } = await upload(app, sentenceIds[0]!, whitePng(10_900, 10_900));
    expect({ status, mode: data?.take.framing?.mode }).toEqual({ status: 201, mode: "crop" });
  });

  test("is never dirty, whatever changes; a painted take that is selected again is what it was", async () => {
    const { projectId, id } = await painted();
    const { data } = await upload(app, id, await halves());
    await app.client.sentence.update.mutate({ sentenceId: id, text: "Another sentence." });
    expect(await app.client.project.foresee.query({ projectId, width: 512, height: 288 })).toMatchObject({
      shots: 0,
    });
    await app.client.project.update.mutate({ projectId, width: 512, height: 288 });
    expect(await sentence(id)).toMatchObject({ isImageDirty: false, selectedTakeId: data!.take.id });
    await app.client.take.select.mutate({ takeId: data!.before.takeId! });
    expect(await sentence(id)).toMatchObject({ isImageDirty: true });
    await app.client.take.select.mutate({ takeId: data!.take.id });
    expect(await sentence(id)).toMatchObject({ isImageDirty: false });
  });

  test("is not pushed aside by what was being painted when it came", async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const id = sentenceIds[0]!;
    app.comfy.pause();
    await app.client.image.generate.mutate({ projectId });
    const { data } = await upload(app, id, await halves());
    expect(await sentence(id)).toMatchObject({ status: "generating", selectedTakeId: data!.take.id });
    app.comfy.release();
    await app.settled(projectId);
    expect(await sentence(id)).toMatchObject({
      status: "completed",
      selectedTakeId: data!.take.id,
      isImageDirty: false,
    });
    expect(await takesOf(id)).toHaveLength(2);
  });

  test("has a credit that goes into the list of a download, and can be changed", async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const { data } = await upload(app, sentenceIds[0]!, await halves(), "?credit=%20Ada%20");
    const credit = async () => (await chooseShots(app.runtime.services, { projectId })).shots[0]!.credit;
    expect(await credit()).toBe("Ada");
    const { id: takeId } = data!.take;
    const told = app.event(projectId, (event) => event.type === "sentence");
    await app.event(projectId, (event) => event.type === "snapshot");
    expect(await app.client.take.update.mutate({ takeId, credit: "Bo" })).toMatchObject({
      credit: "Bo",
      isSelected: true,
    });
    // Other windows read the shot's takes again.
    expect(await told).toMatchObject({ sentence: { id: sentenceIds[0] } });
    expect(await credit()).toBe("Bo");
    expect(await app.client.take.update.mutate({ takeId, credit: "" })).toMatchObject({ credit: null });
    expect(await credit()).toBeNull();
  });

  test("keeps a credit that somebody else changed since", async () => {
    const { sentenceIds } = await app.project(1, small);
    const { id: takeId } = (await upload(app, sentenceIds[0]!, await halves(), "?credit=Ada")).data!.take;
    await app.client.take.update.mutate({ takeId, credit: "Bo", from: "Ada" });
    expect(
      await refusalOf(app.client.take.update.mutate({ takeId, credit: "Cy", from: "Ada" })),
    ).toMatchObject({ httpStatus: 409, reason: "changed_since", field: "from" });
    expect(await takesOf(sentenceIds[0]!)).toMatchObject([{ credit: "Bo" }]);
    // No credit is an empty one too.
    await app.client.take.update.mutate({ takeId, credit: null, from: "Bo" });
    expect(await app.client.take.update.mutate({ takeId, credit: "Bo", from: "" })).toMatchObject({
      credit: "Bo",
    });
  });

  test("gets another credit with another framing in one step: the take before keeps its own", async () => {
    const { sentenceIds } = await app.project(1, small);
    const first = (await upload(app, sentenceIds[0]!, await halves(), "?credit=Ada")).data!.take;
    const framing = { mode: "fit", ground: "white" } as const;
    const { take } = await app.client.take.reframe.mutate({ takeId: first.id, framing, credit: " Bo " });
    expect(await takesOf(sentenceIds[0]!)).toMatchObject([
      { id: take.id, credit: "Bo", framing },
      { id: first.id, credit: "Ada" },
    ]);
    const bare = await app.client.take.reframe.mutate({ takeId: take.id, framing, credit: "" });
    expect(bare.take.credit).toBeNull();
  });

  test("is framed anew from its file as it was given: a further take, with an address of its own", async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const id = sentenceIds[0]!;
    const first = (await upload(app, id, await halves(), "?mode=crop&x=0&y=0&credit=Ada")).data!;
    const second = await app.client.take.reframe.mutate({
      takeId: first.take.id,
      framing: { mode: "crop", x: 1, y: 0 },
    });
    expect(second).toMatchObject({
      take: { credit: "Ada", isSelected: true },
      before: { takeId: first.take.id, isLocked: true },
    });
    expect(second.take.url).not.toBe(first.take.url);
    expect(await colorOf(await served(first.take.url))).toEqual([255, 0, 0]);
    expect(await colorOf(await served(second.take.url))).toEqual([0, 0, 255]);
    // Each has the file, so that either may go.
    await app.client.take.delete.mutate({ takeId: first.take.id });
    await app.runtime.services.database.db
      .update(takes)
      .set({ deletedAt: new Date(0) })
      .where(eq(takes.id, first.take.id));
    expect(await expireTakes(app.runtime.services)).toBe(1);
    expect(await served(second.take.originalUrl!)).toEqual(await halves());
    expect((await filesOf(projectId)).filter((file) => file.includes(first.take.id))).toEqual([]);
    expect(await wrongFiles()).toBe(0);
  });

  test("goes along when its project is duplicated, and goes when that is deleted", async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    await upload(app, sentenceIds[0]!, await halves(), "?credit=Ada");
    const { id: copy } = await app.client.project.duplicate.mutate({ projectId });
    await app.client.project.delete.mutate({ projectId });
    const [shot] = (await app.client.project.get.query({ projectId: copy })).sections[0]!.sentences;
    const [take] = await takesOf(shot!.id);
    expect(take).toMatchObject({
      renderer: "own",
      credit: "Ada",
      originalUrl: `/media/projects/${copy}/originals/${take!.id}`,
    });
    expect(await served(take!.originalUrl!)).toEqual(await halves());
    await app.client.take.reframe.mutate({ takeId: take!.id, framing: { mode: "fit", ground: "blurred" } });
    expect(await wrongFiles()).toBe(0);
    await app.client.project.delete.mutate({ projectId: copy });
    expect(await wrongFiles()).toBe(0);
  });

  test("of which the file is gone cannot be framed anew, and says so", async () => {
    const { projectId, id } = await painted();
    const { data } = await upload(app, id, await halves());
    const { db } = app.runtime.services.database;
    await db.update(takes).set({ originalFile: null }).where(eq(takes.id, data!.take.id));
    const framing = { mode: "crop", x: 0, y: 0 } as const;
    expect(await refusalOf(app.client.take.reframe.mutate({ takeId: data!.take.id, framing }))).toMatchObject(
      { reason: "original_gone", field: "takeId" },
    );
    const painting = data!.before.takeId!;
    expect(await refusalOf(app.client.take.reframe.mutate({ takeId: painting, framing }))).toMatchObject({
      reason: "not_own",
    });
    expect(await refusalOf(app.client.take.update.mutate({ takeId: painting, credit: "Ada" }))).toMatchObject(
      { reason: "not_own" },
    );
    await app.client.project.delete.mutate({ projectId });
  });
});

describe("a drop is taken back", () => {
  const show = (
    projectId: string,
    sentenceId: string,
    from: string | null,
    to: string | null,
    isLocked: boolean,
  ) => app.client.take.show.mutate({ projectId, shots: [{ sentenceId, from, to, isLocked }] });

  test("to the take that was shown, and done again", async () => {
    const { projectId, id } = await painted();
    const { take, before } = (await upload(app, id, await halves())).data!;
    const { sentences } = await show(projectId, id, take.id, before.takeId, before.isLocked);
    expect(sentences).toMatchObject([
      { id, selectedTakeId: before.takeId, isLocked: false, isImageDirty: false, status: "completed" },
    ]);
    await show(projectId, id, before.takeId, take.id, true);
    expect(await sentence(id)).toMatchObject({
      selectedTakeId: take.id,
      isLocked: true,
      isImageDirty: false,
    });
    expect(await wrongFiles()).toBe(0);
  });

  test("to no picture where there was none; the take stays", async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const id = sentenceIds[0]!;
    const { take } = (await upload(app, id, await halves())).data!;
    await show(projectId, id, take.id, null, false);
    expect(await sentence(id)).toMatchObject({
      selectedTakeId: null,
      imageUrl: null,
      status: "pending",
      isImageDirty: true,
      isLocked: false,
    });
    expect(await takesOf(id)).toMatchObject([{ id: take.id, isSelected: false }]);
    expect(await wrongFiles()).toBe(0);
  });

  test("but not where the shot was unlocked since: neither picture nor lock change", async () => {
    const { projectId, id } = await painted();
    const { take, before } = (await upload(app, id, await halves())).data!;
    await app.client.sentence.update.mutate({ sentenceId: id, isLocked: false });
    const back = { sentenceId: id, from: take.id, to: before.takeId, wasLocked: true, isLocked: false };
    const call = app.client.take.show.mutate({ projectId, shots: [back] });
    expect(await refusalOf(call)).toMatchObject({ reason: "changed_since", field: "shots.0.wasLocked" });
    expect(await sentence(id)).toMatchObject({ selectedTakeId: take.id, isLocked: false });
  });

  test("but not over another picture, nor to a take of another shot", async () => {
    const { projectId, id } = await painted();
    const { take, before } = (await upload(app, id, await halves())).data!;
    await upload(app, id, await halves());
    expect(await refusalOf(show(projectId, id, take.id, before.takeId, false))).toMatchObject({
      reason: "changed_since",
      field: "shots.0.from",
    });
    const other = await painted();
    expect(await refusalOf(show(other.projectId, other.id, other.id, take.id, false))).toMatchObject({
      field: "shots.0.to",
    });
    expect(await refusalOf(show(other.projectId, id, take.id, before.takeId, false))).toMatchObject({
      field: "shots.0.sentenceId",
    });
  });
});

test("one whose file cannot be begun does not hold its sender", { timeout: 20_000 }, async () => {
  const { projectId, id } = await painted();
  // No folder can be made where a file is.
  await writeFile(join(app.dataDir, "projects", projectId, "originals"), "");
  const socket = await openSocket(app.url);
  const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
  socket.write(
    `POST /api/v1/sentences/${id}/picture HTTP/1.1\r\nHost: ${new URL(app.url).host}\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const send = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) =>
      socket.write(
        Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]),
        (error) => (error ? reject(error) : resolve()),
      ),
    );
  await send(await halves());
  // More than the connection holds.
  for (let sent = 0; sent < 64; sent += 4) await send(Buffer.alloc(4 * 1024 * 1024));
  expect(parseAnswer(await first)?.status).toBeGreaterThanOrEqual(500);
  socket.destroy();
  expect((await takesOf(id)).length).toBe(1);
});

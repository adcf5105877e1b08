import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { LIMITS } from "@/lib/limits";
import { refusalOf } from "../../support/api";
import { dumpDatabase } from "../../support/dump-database";
import { disk } from "../../support/failing-disk";
import { openSocket, parseAnswer } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { whitePng } from "../../support/white-png";
import { small } from "../generation/patience";
import { halves, plain, upload } from "./send-own-picture";

vi.mock("node:fs/promises", async (original) =>
  (await import("../../support/failing-disk")).disk.wrap(await original()),
);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => disk.rest());

const sentence = (sentenceId: string) => app.client.sentence.get.query({ sentenceId });
const filesOf = async (projectId: string) =>
  (await readdir(join(app.dataDir, "projects", projectId), { recursive: true })).toSorted();
const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
test.each<[string, string, RegExp, () => Promise<Uint8Array>]>([
  [
    "text",
    "not_a_picture",
    /^This file is not a picture\. Expected a PNG, JPEG, WebP or TIFF file\./,
    async () => Buffer.from("This is no picture."),
  ],
  ["nothing", "not_a_picture", /^This file is empty\./, async () => Buffer.alloc(0)],
  ["a GIF", "picture_format", /^This is a GIF file\. Expected/, () => plain("#ff0000").gif().toBuffer()],
  [
    "half a PNG",
    "not_a_picture",
    /damaged/,
    async () => (await noise(200, 200).png().toBuffer()).subarray(0, 40_000),
  ],
  [
    "a JPEG that lacks its end",
    "not_a_picture",
    /damaged/,
    async () => {
      const all = await noise(400, 400).jpeg().toBuffer();
      return all.subarray(0, all.length * 0.9);
    },
  ],
  [
    "half a TIFF",
    "not_a_picture",
    /damaged/,
    async () => (await noise(200, 200).tiff().toBuffer()).subarray(0, 9_000),
  ],
  [
    "half a WebP",
    "not_a_picture",
    /damaged/,
    async () => (await noise(200, 200).webp().toBuffer()).subarray(0, 9_000),
  ],
  [
    "144 megapixels in 18 KB",
    "picture_too_large",
    /more than 120 megapixels/,
    async () => whitePng(12_000, 12_000),
  ],
])("%s is not taken (%s), and changes nothing", { timeout: 60_000 }, async (_, reason, message, make) => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const before = await dumpDatabase(app.runtime.services.database);
  const answer = await upload(app, sentenceIds[0]!, await make());
  expect(answer).toMatchObject({
    status: 400,
    error: {
      reason,
      field: "image",
      message: expect.stringMatching(message) as string,
      remedy: expect.any(String) as string,
    },
  });
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  const left = await filesOf(projectId).catch(() => []);
  expect(left.filter((file) => file.includes("."))).toEqual([]);
});

test.each([
  ["?mode=stretch", "mode"],
  ["?x=2", "x"],
  ["?x=half", "x"],
  ["?mode=crop&ground=black", "ground"],
  ["?mode=fit&x=0.5", "x"],
  ["?colour=red", "colour"],
  [`?credit=${"x".repeat(LIMITS.credit + 1)}`, "credit"],
])("what the address says of it is checked: %s", async (query, field) => {
  const { sentenceIds } = await app.project(1, small);
  expect(await upload(app, sentenceIds[0]!, await halves(), query)).toMatchObject({
    status: 400,
    error: { field },
  });
  expect((await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items).toEqual([]);
});

test("a picture of a shot that does not exist is refused", async () => {
  expect(await upload(app, "nobody", await halves())).toMatchObject({
    status: 404,
    error: { field: "sentenceId" },
  });
});

test("more than 500 MB are refused by the length that is announced, before a byte of them came", async () => {
  const { sentenceIds } = await app.project(1, small);
  const socket = await openSocket(app.url);
  const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
  socket.write(
    `POST /api/v1/sentences/${sentenceIds[0]}/picture HTTP/1.1\r\nHost: ${new URL(app.url).host}\r\nContent-Type: image/png\r\nContent-Length: ${LIMITS.ownPictureBytes + 1}\r\n\r\n`,
  );
  expect(parseAnswer(await first)?.status).toBe(413);
  socket.destroy();
});

test(
  "a disk that is full at any one write keeps the old picture, and leaves nothing half",
  { timeout: 60_000 },
  async () => {
    const { projectId, sentenceIds } = await app.project(1, small);
    const id = sentenceIds[0]!;
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const before = await sentence(id);
    const files = await filesOf(projectId);
    let at = 0;
    for (; ; at += 1) {
      disk.watch(join(app.dataDir, "projects"), (index) => (index === at ? "ENOSPC" : null));
      const answer = await upload(app, id, await halves());
      disk.rest();
      // What comes behind the commit is tried again later, and no failure.
      if (answer.status === 201) break;
      expect(answer).toMatchObject({ status: 503, error: { reason: "disk_full" } });
      expect(await sentence(id)).toEqual(before);
      expect((await filesOf(projectId)).filter((file) => file !== "originals")).toEqual(files);
    }
    expect(at).toBeGreaterThan(5);
  },
);

test("whatever goes wrong while it is framed, nothing of it is left", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  const before = await sentence(sentenceIds[0]!);
  // As a process has it that has too many files open: neither a refusal nor a trouble of the disk.
  disk.watch(join(app.dataDir, "projects"), (_, operation, path) =>
    operation === "write" && path.includes("takes") ? "EMFILE" : null,
  );
  expect(await upload(app, sentenceIds[0]!, await halves())).toMatchObject({ status: 500 });
  disk.rest();
  expect(await sentence(sentenceIds[0]!)).toEqual(before);
  expect((await filesOf(projectId)).filter((file) => file.includes("."))).toEqual([]);
});

test("what goes wrong once it is stored takes no file from it", async () => {
  const { sentenceIds } = await app.project(1, small);
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  const publish = vi.spyOn(app.runtime.services.events, "publish").mockImplementation(() => {
    throw full;
  });
  expect((await upload(app, sentenceIds[0]!, await halves())).status).not.toBe(201);
  publish.mockRestore();
  const [take] = (await app.client.take.list.query({ sentenceId: sentenceIds[0]! })).items;
  expect(take).toMatchObject({ renderer: "own", isSelected: true, isFileGone: false });
  expect(await app.client.take.original.query({ takeId: take!.id })).toMatchObject({ width: 800 });
});

test("a file that another program holds is not called damaged, and nothing of it is left", async () => {
  const { projectId, sentenceIds } = await app.project(1, small);
  disk.watch(join(app.dataDir, "projects"), (_, operation, path) =>
    operation === "open" && /originals.+png$/.test(path) ? "EBUSY" : null,
  );
  const { status, error } = await upload(app, sentenceIds[0]!, await halves());
  disk.rest();
  expect({ status, error }).toMatchObject({ status: 409, error: { reason: "file_in_use" } });
  expect(JSON.stringify(error)).not.toContain(app.dataDir);
  expect((await filesOf(projectId)).filter((file) => file.includes("."))).toEqual([]);
});

test("a file that went meanwhile is said to be gone", async () => {
  const { sentenceIds } = await app.project(1, small);
  const { take } = (await upload(app, sentenceIds[0]!, await halves())).data!;
  const { images } = app.runtime.services;
  await images.remove(take.file.replace("takes", "originals"));
  // As it is where the file goes between the look for it and its use.
  const exists = vi.spyOn(images, "exists").mockResolvedValue(true);
  const framing = { mode: "fit", ground: "black" } as const;
  for (const call of [
    app.client.take.original.query({ takeId: take.id }),
    app.client.take.reframe.mutate({ takeId: take.id, framing }),
  ])
    expect(await refusalOf(call)).toMatchObject({ httpStatus: 409, reason: "original_gone" });
  exists.mockRestore();
});

import { rm } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callRest } from "../../support/api";
import { sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { NOBODY } from "../trpc/procedures";

let app: TestApp;
let shot: { projectId: string; sentenceId: string; takeIds: string[]; imageUrl: string };
let other: { projectId: string; takeId: string };

const paint = async (takes: number) => {
  const { projectId, sentenceIds } = await app.project(1);
  const sentenceId = sentenceIds[0]!;
  await app.client.image.generate.mutate({ projectId, takes });
  await app.settled(projectId);
  const { items } = await app.client.take.list.query({ sentenceId });
  const { imageUrl } = await app.client.sentence.get.query({ sentenceId });
  return { projectId, sentenceId, takeIds: items.map((one) => one.id), imageUrl: imageUrl! };
};

beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
  shot = await paint(2);
  const foreign = await paint(1);
  other = { projectId: foreign.projectId, takeId: foreign.takeIds[0]! };
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const takeUrl = (takeId: string, projectId = shot.projectId) =>
  `/media/projects/${projectId}/takes/${takeId}.png`;
const imagePath = () => `/media/projects/${shot.projectId}/images/${shot.sentenceId}.png`;
const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers });

describe("a take", () => {
  test("is served as the PNG that was made, to be kept for ever", async () => {
    const answer = await get(takeUrl(shot.takeIds[0]!));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      etag: expect.stringMatching(/^".+"$/),
    });
    expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({
      format: "png",
      width: 1920,
      height: 1088,
    });
  });

  test("of another project is not found under this one's address", async () => {
    const answer = await callRest(app, "GET", takeUrl(other.takeId));
    expect(answer).toMatchObject({ status: 404, error: { code: "NOT_FOUND", field: "takeId" } });
    expect((await get(takeUrl(other.takeId, other.projectId))).status).toBe(200);
  });
});

describe("a shot's picture", () => {
  test("is its selected take, asked again each time, but kept where the address names the take", async () => {
    const answer = await get(imagePath());
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    const [image, take] = await Promise.all([
      answer.arrayBuffer(),
      (await get(takeUrl(shot.takeIds[0]!))).arrayBuffer(),
    ]);
    expect(Buffer.from(image).equals(Buffer.from(take))).toBe(true);
    expect(shot.imageUrl).toBe(`${imagePath()}?v=${shot.takeIds[0]}`);
    expect((await get(shot.imageUrl)).headers.get("cache-control")).toContain("immutable");
  });

  test("is answered 304 to who has it already", async () => {
    const etag = (await get(imagePath())).headers.get("etag")!;
    const again = await get(imagePath(), { "if-none-match": etag });
    expect(again.status).toBe(304);
    expect(again.headers.get("etag")).toBe(etag);
    expect(await again.text()).toBe("");
    expect((await get(imagePath(), { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is not there before it is made, nor under another project", async () => {
    const { projectId, sentenceIds } = await app.project(1);
    for (const path of [
      `/media/projects/${projectId}/images/${sentenceIds[0]}.png`,
      `/media/projects/${projectId}/images/${shot.sentenceId}.png`,
    ])
      expect(await callRest(app, "GET", path)).toMatchObject({ status: 404, error: { field: "sentenceId" } });
  });

  test("is answered to HEAD without its bytes", async () => {
    const answer = await sendRaw(app.url, `HEAD ${imagePath()} HTTP/1.1`);
    expect(answer).toMatchObject({ status: 200, body: "", headers: { "content-type": "image/png" } });
    expect(Number(answer?.headers["content-length"])).toBeGreaterThan(100);
  });
});

describe("a thumbnail", () => {
  test.each([32, 320, 640, 1280])("of %i pixels is a WebP", async (width) => {
    for (const path of [takeUrl(shot.takeIds[0]!), imagePath()]) {
      const answer = await get(`${path}?w=${width}`);
      expect(answer.headers.get("content-type")).toBe("image/webp");
      expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ format: "webp", width });
    }
  });

  test("asked for twice at once is made once, and both get it", async () => {
    const path = `${takeUrl(shot.takeIds[1]!)}?w=1280`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(path)));
    const bodies = await Promise.all(answers.map((one) => one.arrayBuffer()));
    expect(new Set(bodies.map((one) => one.byteLength)).size).toBe(1);
    expect(await sharp(bodies[0]).metadata()).toMatchObject({ width: 1280 });
  });

  test.each(["", "0", "321", "640.0", "640px", "-640", "1e3", "99999999999", "../x"])(
    "of %j pixels is refused, naming w",
    async (width) => {
      const answer = await callRest(app, "GET", `${imagePath()}?w=${encodeURIComponent(width)}`);
      expect(answer).toMatchObject({ status: 400, error: { reason: "bad_width", field: "w" } });
    },
  );
});

describe("a character's picture", () => {
  test("is served, and as a thumbnail, small ones as they are", async () => {
    const { images } = await app.client.character.get.query({ characterId: "mira-solberg" });
    const { url, width } = images[0]!;
    const answer = await get(url);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const small = await sharp(await (await get(`${url}?w=320`)).arrayBuffer()).metadata();
    expect(small).toMatchObject({ format: "webp", width: Math.min(width, 320) });
  });

  test("is not found under another character, or by an id that is none", async () => {
    const of = (path: string) => callRest(app, "GET", `/media/characters/${path}`);
    expect(await of("mira-solberg/the-lighthouse-1")).toMatchObject({
      status: 404,
      error: { field: "imageId" },
    });
    expect(await of("mira-solberg/UPPER")).toMatchObject({ status: 400, error: { field: "imageId" } });
    expect(await of("a.b/x")).toMatchObject({ status: 400, error: { field: "characterId" } });
  });
});

describe("a preview", () => {
  test("is served while its job samples, each newer one under the same address", async () => {
    const { projectId } = await app.project(1);
    app.comfy.pause(2);
    const seen = app.event(projectId, (event) => event.type === "job" && event.job.preview > 0);
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await seen;
    const answer = await get(`/media/jobs/${jobIds[0]}/preview`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-type")).toMatch(/^image\/(jpeg|png)$/);
    expect((await sharp(await answer.arrayBuffer()).metadata()).width).toBeGreaterThan(0);
    app.comfy.release();
    await app.settled(projectId);
  });

  test("of a job that has none is not found", async () => {
    expect(await callRest(app, "GET", `/media/jobs/${NOBODY}/preview`)).toMatchObject({
      status: 404,
      error: { reason: "no_preview", field: "jobId" },
    });
    expect(await callRest(app, "GET", "/media/jobs/UPPER/preview")).toMatchObject({
      status: 400,
      error: { field: "jobId" },
    });
  });
});

test.each([
  ["a shot without .png", () => imagePath().replace(".png", "")],
  ["a shot as .jpg", () => imagePath().replace(".png", ".jpg")],
  ["a folder", () => `/media/projects/${shot.projectId}/takes`],
  ["nothing", () => "/media/"],
])("%s is 404", async (_, path) => {
  expect(await callRest(app, "GET", path())).toMatchObject({
    status: 404,
    error: { reason: "no_such_address" },
  });
});

test("a take whose file is gone is 404, not a broken answer", async () => {
  await rm(join(app.dataDir, "projects", other.projectId, "takes", `${other.takeId}.png`));
  expect(await callRest(app, "GET", takeUrl(other.takeId, other.projectId))).toMatchObject({
    status: 404,
    error: { code: "NOT_FOUND" },
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});

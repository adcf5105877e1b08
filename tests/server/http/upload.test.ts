import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "@/lib/limits";
import { characterImages } from "@/server/db/schema";
import { dumpDatabase } from "../../support/dump-database";
import { openSocket, parseAnswer } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { whitePng } from "../../support/white-png";

let app: TestApp;
const characterId = "mira-solberg";
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const upload = async (bytes: Uint8Array, type = "image/png", id = characterId) => {
  const answer = await fetch(`${app.url}/api/v1/characters/${id}/images`, {
    method: "POST",
    headers: { "content-type": type },
    body: new Uint8Array(bytes),
  });
  const body = (await answer.json()) as {
    data?: { images: { id: string; width: number; height: number; url: string }[] };
    error?: Record<string, unknown>;
  };
  return { status: answer.status, ...body };
};
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#204060" }, limitInputPixels: false });
/** A picture that does not compress. */
const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

describe("a reference picture", () => {
  test.each<[string, string, () => Promise<Buffer>]>([
    ["PNG", "image/png", () => blank(64, 48).png().toBuffer()],
    ["JPEG", "image/jpeg", () => blank(64, 48).jpeg().toBuffer()],
    ["WebP", "application/octet-stream", () => blank(64, 48).webp().toBuffer()],
    ["PNG under a wrong name", "image/jpeg", () => blank(64, 48).png().toBuffer()],
  ])("that is a %s is stored as a PNG and served", async (_, type, make) => {
    const { status, data } = await upload(await make(), type);
    expect(status).toBe(201);
    const image = data!.images.at(-1)!;
    expect(image).toMatchObject({
      width: 64,
      height: 48,
      url: `/media/characters/${characterId}/${image.id}`,
    });
    expect(existsSync(join(app.dataDir, "characters", characterId, `${image.id}.png`))).toBe(true);
    const served = await fetch(app.url + image.url);
    expect(served.headers.get("content-type")).toBe("image/png");
    expect(await sharp(await served.arrayBuffer()).metadata()).toMatchObject({
      format: "png",
      width: 64,
      height: 48,
    });
  });

  test("is turned as its EXIF says, and loses it", async () => {
    const taken = await blank(64, 48)
      .jpeg()
      .withMetadata({ orientation: 6, exif: { IFD0: { Artist: "Somebody" } } })
      .toBuffer();
    const { data } = await upload(taken, "image/jpeg");
    const image = data!.images.at(-1)!;
    expect(image).toMatchObject({ width: 48, height: 64 });
    const served = await sharp(await (await fetch(app.url + image.url)).arrayBuffer()).metadata();
    expect(served).toMatchObject({ width: 48, height: 64 });
    expect(served.exif).toBeUndefined();
  });

  test("that is very long is kept at 4,096 pixels", async () => {
    const { data } = await upload(await blank(8_000, 200).png().toBuffer());
    expect(data!.images.at(-1)).toMatchObject({ width: 4_096, height: 102 });
  });
});

describe("a picture that cannot be taken", () => {
  const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic".padEnd(400, "\0"), "latin1");
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  test.each<[string, string, () => Promise<Uint8Array>]>([
    ["text named .png", "not_a_picture", async () => Buffer.from("This is no picture.")],
    ["nothing", "not_a_picture", async () => Buffer.alloc(0)],
    ["a GIF", "picture_format", () => blank(8, 8).gif().toBuffer()],
    ["a TIFF", "picture_format", () => blank(8, 8).tiff().toBuffer()],
    ["an SVG", "picture_format", async () => Buffer.from(svg)],
    ["an AVIF", "picture_format", () => blank(8, 8).avif().toBuffer()],
    ["a HEIC, as phones take it", "picture_format", async () => heic],
    ["half a PNG", "not_a_picture", async () => (await noise(200, 200).png().toBuffer()).subarray(0, 20_000)],
    [
      "the head of a PNG",
      "not_a_picture",
      async () => (await blank(64, 64).png().toBuffer()).subarray(0, 40),
    ],
    [
      "half a JPEG",
      "not_a_picture",
      async () => (await noise(200, 200).jpeg().toBuffer()).subarray(0, 3_000),
    ],
    ["144 megapixels in 18 KB", "picture_too_large", async () => whitePng(12_000, 12_000)],
    ["51 megapixels", "picture_too_large", async () => whitePng(7_200, 7_100)],
    [
      "a PNG that claims 4 thousand million pixels",
      "picture_too_large",
      async () => whitePng(65_536, 65_536, 1),
    ],
  ])("as %s is refused: %s", { timeout: 60_000 }, async (_, reason, make) => {
    const before = await dumpDatabase(app.runtime.services.database);
    const answer = await upload(await make());
    expect(answer).toMatchObject({
      status: 400,
      success: false,
      error: { code: "BAD_REQUEST", reason, field: "image", remedy: expect.any(String) },
    });
    expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  });

  test("is told what it is", async () => {
    const told = async (bytes: Uint8Array) => (await upload(bytes)).error?.["message"];
    expect(await told(await blank(8, 8).gif().toBuffer())).toMatch(/^This is a GIF file\./);
    expect(await told(Buffer.from(svg))).toMatch(/^This is an SVG file\./);
    expect(await told(heic)).toMatch(/^This is a HEIC file\./);
    expect(await told(Buffer.alloc(0))).toMatch(/^This file is empty\./);
    expect(await told(whitePng(12_000, 12_000))).toMatch(/more than 50 megapixels/);
  });

  test("because its character does not exist is refused", async () => {
    const bytes = await blank(8, 8).png().toBuffer();
    expect(await upload(bytes, "image/png", "nobody")).toMatchObject({
      status: 404,
      error: { field: "characterId" },
    });
    expect(await upload(bytes, "image/png", "NOBODY")).toMatchObject({
      status: 400,
      error: { field: "characterId" },
    });
    expect(existsSync(join(app.dataDir, "characters", "nobody"))).toBe(false);
  });

  test("because of its content type is refused with 415", async () => {
    const bytes = await blank(8, 8).png().toBuffer();
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/json"])
      expect(await upload(bytes, type)).toMatchObject({
        status: 415,
        error: { reason: "not_an_upload", field: "image" },
      });
  });

  test("because its character has 200 is refused", async () => {
    const { id } = await app.client.character.create.mutate({ name: "Popular" });
    const rows = Array.from({ length: LIMITS.referencesPerCharacter }, (_, position) => ({
      id: `p-${position}`,
      characterId: id,
      file: "x.png",
      width: 1,
      height: 1,
      position,
    }));
    await app.runtime.services.database.db.insert(characterImages).values(rows);
    const answer = await upload(await blank(8, 8).png().toBuffer(), "image/png", id);
    expect(answer).toMatchObject({ status: 400, error: { reason: "too_many_pictures", field: "image" } });
    expect((await app.client.character.get.query({ characterId: id })).images).toHaveLength(200);
  });
});

describe("an upload of more than 200 MB", () => {
  const head = () => {
    const { host } = new URL(app.url);
    return `POST /api/v1/characters/${characterId}/images HTTP/1.1\r\nHost: ${host}\r\nContent-Type: image/png\r\n`;
  };

  test("is refused by the length that it announces, before a byte of it came", async () => {
    const socket = await openSocket(app.url);
    const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.write(`${head()}Content-Length: ${LIMITS.referenceBytes + 1}\r\n\r\n`);
    const answer = parseAnswer(await first);
    expect(answer?.status).toBe(413);
    expect(JSON.parse(answer!.body)).toMatchObject({
      success: false,
      error: { code: "PAYLOAD_TOO_LARGE", reason: "body_too_large" },
    });
    socket.destroy();
  });

  test(
    "is refused where it comes in chunks without a length, and a sender that goes on can read the answer",
    { timeout: 20_000 },
    async () => {
      const socket = await openSocket(app.url);
      const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
      socket.write(`${head()}Transfer-Encoding: chunked\r\n\r\n`);
      const chunk = Buffer.concat([
        Buffer.from("400000\r\n"),
        Buffer.alloc(4 * 1024 * 1024),
        Buffer.from("\r\n"),
      ]);
      // More than the connection holds: what is not read would stop the sender.
      const more = 32 * 1024 * 1024;
      for (let sent = 0; sent <= LIMITS.referenceBytes + more; sent += 4 * 1024 * 1024)
        await new Promise<void>((resolve, reject) =>
          socket.write(chunk, (error) => (error ? reject(error) : resolve())),
        );
      expect(parseAnswer(await first)?.status).toBe(413);
      socket.destroy();
    },
  );
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});

import { readFile, writeFile } from "node:fs/promises";
import { request as openRequest } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sentences, takes } from "@/server/db/schema";
import { addText, stripText } from "@/server/image-store/png-text";
import { callRest, refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";
import { NOBODY } from "../trpc/procedures";

let app: TestApp;
let projectId: string;
let ids: string[];
let sectionIds: string[];

beforeAll(async () => {
  app = await startTestApp();
  const { id } = await app.client.project.create.mutate({
    name: "Zwölf Boote",
    styleId: "noir",
    modelId: "z-image-turbo",
    width: 1920,
    height: 1088,
    sections: [
      { title: "The pilot", sentences: [{ text: "Mira rows out." }, { text: 'He said: "Rocks", twice.' }] },
      { title: "Ännu en natt", sentences: [{ text: "The sea breathes." }, { text: "Nobody sees it." }] },
    ],
  });
  projectId = id;
  const project = await app.client.project.get.query({ projectId });
  sectionIds = project.sections.map((one) => one.id);
  ids = project.sections.flatMap((section) => section.sentences.map((one) => one.id));
  await app.client.image.generate.mutate({ projectId, sentenceIds: ids.slice(0, 3) });
  await app.settled(projectId);
});
afterAll(() => app[Symbol.asyncDispose]());

const NAMES = [
  "001_the-pilot_mira-rows-out.png",
  "002_the-pilot_he-said-rocks-twice.png",
  "003_annu-en-natt_the-sea-breathes.png",
];

async function download(
  body: object = {},
): Promise<{ response: Response; files: Record<string, Uint8Array> }> {
  const response = await fetch(`${app.url}/api/v1/projects/${projectId}/download`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { response, files: unzipSync(new Uint8Array(await response.arrayBuffer())) };
}
const takeOf = async (sentenceId: string) =>
  (await app.client.take.list.query({ sentenceId })).items.find((one) => one.isSelected)!;
const stored = async (sentenceId: string) => readFile(join(app.dataDir, (await takeOf(sentenceId)).file));
const textsOf = (png: Uint8Array) => Buffer.from(png).toString("latin1").match(/tEXt/g)?.length ?? 0;

/** The picture of a shot with what a real ComfyUI writes into it. */
async function writeText(sentenceId: string): Promise<void> {
  const { file } = await takeOf(sentenceId);
  const png = await readFile(join(app.dataDir, file));
  const told = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#000" } })
    .png()
    .withExif({ IFD0: { ImageDescription: "prompt" } })
    .toBuffer();
  const body = Buffer.concat([Buffer.from("tEXt", "latin1"), Buffer.from("prompt\0{}", "latin1")]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  const withText = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
  await writeFile(join(app.dataDir, file), addText(withText, told));
}

describe("a download", () => {
  test("is a ZIP named for an editor's bin, in board order, with shots.csv first", async () => {
    const { response, files } = await download();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="zwolf-boote.zip"',
      "cache-control": "no-store",
    });
    expect(Object.keys(files)).toEqual(["shots.csv", ...NAMES]);
    for (const [index, name] of NAMES.entries()) {
      expect(await sharp(files[name]).metadata()).toMatchObject({ format: "png", width: 1920, height: 1088 });
      const pixels = await sharp(files[name]).raw().toBuffer();
      expect(
        pixels.equals(
          await sharp(await stored(ids[index]!))
            .raw()
            .toBuffer(),
        ),
      ).toBe(true);
    }
  });

  test("tells each shot in shots.csv, also those without a picture", async () => {
    await app.runtime.services.database.db
      .update(sentences)
      .set({ credit: "National Archive, 1931" })
      .where(eq(sentences.id, ids[2]!));
    const { files } = await download();
    const take = await takeOf(ids[1]!);
    const lines = new TextDecoder().decode(files["shots.csv"]).split("\r\n");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe("number,section,text,prompt,seed,model,style,credit,file");
    expect(lines[2]).toBe(
      [
        "2",
        "The pilot",
        '"He said: ""Rocks"", twice."',
        `"${take.prompt!.replaceAll('"', '""')}"`,
        String(take.seed),
        "Z-Image-Turbo",
        "Noir",
        "",
        NAMES[1],
      ].join(","),
    );
    expect(lines[3]).toContain('"National Archive, 1931"');
    expect(lines[4]).toBe("4,Ännu en natt,Nobody sees it.,,,,,,");
  });

  test("of some shots or of a section keeps the numbers that they have on the board", async () => {
    const some = await download({ sentenceIds: [ids[2]!, ids[0]!] });
    expect(Object.keys(some.files)).toEqual(["shots.csv", NAMES[0], NAMES[2]]);
    const section = await download({ sectionId: sectionIds[1]! });
    expect(Object.keys(section.files)).toEqual(["shots.csv", NAMES[2]]);
  });

  test("is cropped from the middle to exactly 1920 × 1080, pixel for pixel", async () => {
    const { files } = await download({ size: "1920x1080" });
    for (const [index, name] of NAMES.entries()) {
      expect(await sharp(files[name]).metadata()).toMatchObject({ format: "png", width: 1920, height: 1080 });
      const wanted = await sharp(await stored(ids[index]!))
        .extract({ left: 0, top: 4, width: 1920, height: 1080 })
        .raw()
        .toBuffer();
      expect((await sharp(files[name]).raw().toBuffer()).equals(wanted)).toBe(true);
    }
  });

  test("leaves out what ComfyUI wrote into the PNGs, unless it is asked for", async () => {
    const painted = textsOf(await stored(ids[0]!));
    await writeText(ids[0]!);
    const texts = textsOf(await stored(ids[0]!));
    expect(texts).toBe(painted + 1);
    const name = NAMES[0]!;
    for (const size of ["rendered", "1920x1080"] as const) {
      const without = (await download({ size })).files[name]!;
      expect(textsOf(without)).toBe(0);
      expect((await sharp(without).metadata()).exif).toBeUndefined();
      const kept = (await download({ size, withMetadata: true })).files[name]!;
      expect(textsOf(kept)).toBe(texts);
      expect((await sharp(kept).metadata()).exif).toBeDefined();
    }
    const { response, files } = await download({ withMetadata: true });
    expect(Buffer.from(files[name]!).equals(await stored(ids[0]!))).toBe(true);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
  });

  test("can be asked for by an address alone", async () => {
    const query = `?size=1920x1080&sentenceIds=${ids[0]},${ids[1]}&withMetadata=false`;
    const response = await fetch(`${app.url}/api/v1/projects/${projectId}/download${query}`);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(Object.keys(files)).toEqual(["shots.csv", NAMES[0], NAMES[1]]);
    for (const wrong of ["?size=big", "?surprise=1", "?withMetadata=yes"])
      expect(await callRest(app, "GET", `/api/v1/projects/${projectId}/download${wrong}`)).toMatchObject({
        status: 400,
        error: { code: "BAD_REQUEST" },
      });
  });

  test("is prepared with what is to be known first, and fetched from a short address", async () => {
    await app.client.sentence.update.mutate({ sentenceId: ids[1]!, text: 'He said: "Rocks", thrice.' });
    await app.runtime.services.database.db
      .update(takes)
      .set({ renderer: "demo" })
      .where(eq(takes.sentenceId, ids[2]!));
    app.comfy.addFault({ kind: "refuse_prompt" });
    await app.client.image.generate.mutate({ projectId, sentenceIds: [ids[0]!], force: true });
    await app.settled(projectId);
    const plan = await app.client.download.plan.query({ projectId });
    expect(plan).toMatchObject({
      fileName: "zwolf-boote.zip",
      pictures: 3,
      missing: [{ number: 4, sentenceId: ids[3], text: "Nobody sees it." }],
      dirty: [{ number: 2 }],
      failed: [{ number: 1 }],
      demo: [{ number: 3 }],
    });
    const { url, ...rest } = await app.client.download.prepare.mutate({ projectId });
    expect(rest).toEqual(plan);
    const bytes = new Uint8Array(await (await fetch(app.url + url)).arrayBuffer());
    expect(Object.keys(unzipSync(bytes))).toHaveLength(4);
    expect(plan.bytes).toBeGreaterThan(0);
    expect(await callRest(app, "GET", `/api/v1/downloads/${NOBODY}`)).toMatchObject({
      status: 404,
      error: { reason: "download_not_found" },
    });
  });

  test("of nothing, or of what is not the project's, is refused before a byte", async () => {
    const other = await app.project(1);
    const path = `/api/v1/projects/${projectId}/download`;
    const cases: [object, number, string][] = [
      [{ sentenceIds: [ids[3]] }, 409, "sentenceIds"],
      [{ sentenceIds: [ids[0], other.sentenceIds[0]] }, 404, "sentenceIds"],
      [{ sectionId: NOBODY }, 404, "sectionId"],
      [{ sentenceIds: [ids[0]], sectionId: sectionIds[0] }, 400, "sectionId"],
      [{ sentenceIds: [] }, 400, "sentenceIds"],
      [{ size: "1080p" }, 400, "size"],
      [{ surprise: 1 }, 400, "surprise"],
    ];
    for (const [body, status, field] of cases)
      expect({ body, ...(await callRest(app, "POST", path, body)) }).toMatchObject({
        body,
        status,
        error: { field },
      });
    expect(await refusalOf(app.client.download.plan.query({ projectId: NOBODY }))).toMatchObject({
      field: "projectId",
    });
  });

  test("answers HEAD without reading a picture", async () => {
    const { images } = app.runtime.services;
    const read = vi.spyOn(images, "readWithoutText");
    const response = await fetch(`${app.url}/api/v1/projects/${projectId}/download`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  test("counts a shot whose file is gone as one without a picture", async () => {
    const { projectId: gone, sentenceIds } = await app.project(2);
    await app.client.image.generate.mutate({ projectId: gone });
    await app.settled(gone);
    await app.runtime.services.images.remove((await takeOf(sentenceIds[0]!)).file);
    expect(await app.client.download.plan.query({ projectId: gone })).toMatchObject({
      pictures: 1,
      missing: [{ number: 1 }],
    });
  });
});

test("pictures are read as the client takes them: one that stops reading makes the server stop", async () => {
  const { projectId: big, sentenceIds } = await app.project(40);
  await app.client.image.generate.mutate({ projectId: big });
  await app.settled(big);
  // Pictures that fill any buffer between here and there.
  const noise = await sharp({
    create: {
      width: 1600,
      height: 1000,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
  for (const id of sentenceIds) await writeFile(join(app.dataDir, (await takeOf(id)).file), noise);
  const { images } = app.runtime.services;
  const read = vi.spyOn(images, "readWithoutText");
  const request = openRequest(`${app.url}/api/v1/projects/${big}/download`);
  request.end();
  const [response] = (await once(request, "response")) as [NodeJS.ReadableStream];
  await once(response, "readable");
  await vi.waitFor(() => expect(read.mock.calls.length).toBeGreaterThan(0));
  let last = -1;
  // It has stopped once it reads no more between two looks.
  await vi.waitFor(
    () => {
      const now = read.mock.calls.length;
      const hasStopped = now === last;
      last = now;
      expect(hasStopped).toBe(true);
    },
    { timeout: 30_000, interval: 300 },
  );
  expect(read.mock.calls.length).toBeLessThan(15);
  request.destroy();
  read.mockRestore();
  expect(app.logged.filter((one) => !one.message.includes("job"))).toEqual([]);
});

test("a PNG that is torn is not passed on as a whole one", async () => {
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  expect(stripText(png).equals(png)).toBe(true);
  for (const length of [0, 4, 20, png.length - 1])
    expect(() => stripText(png.subarray(0, length))).toThrow(/no whole PNG/);
});

import { rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { Agent, createServer, get as request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { sendZip } from "@/server/http/send-zip";
import { PreparedDownloads } from "@/server/services/download/prepared-downloads";
import { sentences, takes } from "@/server/db/schema";
import { callRest, refusalOf } from "../../support/api";
import { sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { parseCsv } from "../../lib/download/parse-csv";
import { NOBODY } from "../trpc/procedures";

let app: TestApp;
let projectId: string;
/** In board order: two in "The Crossing", two in "Straße". */
let ids: string[];
let sectionIds: string[];
let foreign: { projectId: string; sentenceId: string; sectionId: string };

const NAMES = [
  "001_the-crossing_the-ferry-left-at-dawn.png",
  "002_the-crossing_nobody-waved.png",
  "003_strasse_deja-vu-again.png",
];
const HEAD = ["number", "section", "text", "prompt", "seed", "model", "style", "credit", "file"];

const db = () => app.runtime.services.database.db;
const change = (id: string, values: Partial<typeof sentences.$inferInsert>) =>
  db().update(sentences).set(values).where(eq(sentences.id, id));
const fileOf = async (sentenceId: string) => {
  const { items } = await app.client.take.list.query({ sentenceId });
  return app.runtime.services.images.pathOf(items.find((one) => one.isSelected)!.file);
};
/** A picture of pixels that do not pack, with ComfyUI's text in it. */
const bigPicture = (seed: number) =>
  sharp({
    create: {
      width: 1200,
      height: 1088,
      channels: 3,
      background: { r: seed, g: 0, b: 0 },
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();

const post = (body: unknown = {}, id = projectId) =>
  fetch(`${app.url}/api/v1/projects/${id}/download`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const get = (path: string) => fetch(app.url + path);
const unzip = async (answer: Response) => {
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const files = Object.entries(unzipSync(bytes)).map(([name, data]) => [name, Buffer.from(data)] as const);
  const [list, ...pictures] = files;
  expect(list?.[0]).toBe("shots.csv");
  return { length: bytes.length, rows: parseCsv(list![1].toString("utf8")), pictures: new Map(pictures) };
};

beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
  const project = await app.project(0, {
    name: "The Läst Light",
    modelId: "z-image-turbo",
    styleId: "noir",
    sections: [
      { title: "The Crossing", sentences: [{ text: "The ferry left at dawn." }, { text: "Nobody waved." }] },
      { title: "Straße", sentences: [{ text: 'Déjà vu, "again".' }, { text: "Tomorrow." }] },
    ],
  });
  ({ projectId, sentenceIds: ids } = project);
  sectionIds = (await app.client.project.get.query({ projectId })).sections.map((one) => one.id);
  await app.client.image.generate.mutate({ projectId, sentenceIds: ids.slice(0, 3), seed: 77 });
  await app.settled(projectId);
  await change(ids[0]!, { credit: "Harbour archive, 1921" });
  const other = await app.project(1);
  const { sections } = await app.client.project.get.query({ projectId: other.projectId });
  foreign = { projectId: other.projectId, sentenceId: other.sentenceIds[0]!, sectionId: sections[0]!.id };
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a download of a whole project", () => {
  test("is a ZIP of its pictures, named in board order, after a list of all its shots", async () => {
    const answer = await post();
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/zip",
      "content-disposition":
        "attachment; filename=\"the-last-light-pictures.zip\"; filename*=UTF-8''The%20L%C3%A4st%20Light%20-%20pictures.zip",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    const { rows, pictures } = await unzip(answer);
    expect([...pictures.keys()]).toEqual(NAMES);
    const { items } = await app.client.take.list.query({ sentenceId: ids[0]! });
    expect(rows).toEqual([
      HEAD,
      [
        "1",
        "The Crossing",
        "The ferry left at dawn.",
        items[0]!.prompt,
        "77",
        "Z-Image-Turbo",
        "Noir",
        "Harbour archive, 1921",
        NAMES[0],
      ],
      [
        "2",
        "The Crossing",
        "Nobody waved.",
        expect.stringContaining("Nobody waved."),
        "77",
        "Z-Image-Turbo",
        "Noir",
        "",
        NAMES[1],
      ],
      [
        "3",
        "Straße",
        'Déjà vu, "again".',
        expect.stringContaining("Déjà vu"),
        "77",
        "Z-Image-Turbo",
        "Noir",
        "",
        NAMES[2],
      ],
      ["4", "Straße", "Tomorrow.", "", "", "", "", "", ""],
    ]);
  });

  test("has the same over GET, and with an empty body", async () => {
    const bare = await fetch(`${app.url}/api/v1/projects/${projectId}/download`, { method: "POST" });
    for (const answer of [await get(`/api/v1/projects/${projectId}/download`), bare])
      expect([...(await unzip(answer)).pictures.keys()]).toEqual(NAMES);
  });

  test("says what each picture was made from, not what its shot says now", async () => {
    const { items } = await app.client.take.list.query({ sentenceId: ids[1]! });
    await app.client.sentence.update.mutate({ sentenceId: ids[1]!, imagePrompt: "Something else" });
    const { rows } = await unzip(await post());
    expect(rows[2]![3]).toBe(items[0]!.prompt);
    await app.client.sentence.update.mutate({ sentenceId: ids[1]!, imagePrompt: null });
  });
});

describe("a part of a project", () => {
  test("keeps the numbers of the whole board, in its order, whatever order is asked", async () => {
    const section = await unzip(await post({ sectionId: sectionIds[1] }));
    expect([...section.pictures.keys()]).toEqual([NAMES[2]]);
    expect(section.rows.map((row) => row[0])).toEqual(["number", "3", "4"]);
    const chosen = await unzip(await post({ sentenceIds: [ids[2], ids[0], ids[2]] }));
    expect([...chosen.pictures.keys()]).toEqual([NAMES[0], NAMES[2]]);
    const overGet = await get(`/api/v1/projects/${projectId}/download?sectionId=${sectionIds[1]}`);
    expect([...(await unzip(overGet)).pictures.keys()]).toEqual([NAMES[2]]);
  });

  test.each<[string, () => Record<string, unknown>, number, string]>([
    ["an unknown sentence", () => ({ sentenceIds: [ids[0], NOBODY] }), 404, "sentenceIds"],
    ["another project's sentence", () => ({ sentenceIds: [foreign.sentenceId] }), 404, "sentenceIds"],
    ["an unknown section", () => ({ sectionId: NOBODY }), 404, "sectionId"],
    ["another project's section", () => ({ sectionId: foreign.sectionId }), 404, "sectionId"],
    [
      "both a section and sentences",
      () => ({ sectionId: sectionIds[0], sentenceIds: [ids[0]] }),
      400,
      "sectionId",
    ],
    ["an empty list", () => ({ sentenceIds: [] }), 400, "sentenceIds"],
    ["an id that is none", () => ({ sentenceIds: ["../x"] }), 400, "sentenceIds.0"],
    ["another size", () => ({ size: "1280x720" }), 400, "size"],
    ["a field that is not known", () => ({ quality: 80 }), 400, "quality"],
  ])("is refused whole for %s, over every door", async (_, input, status, field) => {
    const rest = await callRest(app, "POST", `/api/v1/projects/${projectId}/download`, input());
    expect(rest).toMatchObject({
      status,
      error: { field, message: expect.any(String), remedy: expect.any(String) },
    });
    const call = { projectId, ...input() } as { projectId: string };
    const { plan, prepare } = app.client.download;
    for (const refused of [() => plan.query(call), () => prepare.mutate(call)])
      expect(await refusalOf(refused())).toEqual(rest.error);
  });

  test.each([
    ["size=huge", "size"],
    ["withMetadata=1", "withMetadata"],
    ["sectionId=A", "sectionId"],
    ["surprise=1", "surprise"],
  ])("is refused over GET for ?%s", async (query, field) => {
    const answer = await callRest(app, "GET", `/api/v1/projects/${projectId}/download?${query}`);
    expect(answer).toMatchObject({ status: 400, error: { field } });
  });

  test("that has no picture at all is refused, and says what to do", async () => {
    const { id: sectionId } = await app.client.section.create.mutate({
      projectId: foreign.projectId,
      title: "Bare",
    });
    for (const [id, body] of [
      [foreign.projectId, { sectionId }],
      [foreign.projectId, {}],
      [projectId, { sentenceIds: [ids[3]] }],
    ] as const)
      expect(await callRest(app, "POST", `/api/v1/projects/${id}/download`, body)).toMatchObject({
        status: 409,
        error: { reason: "no_pictures", remedy: expect.stringContaining("Generate") },
      });
  });
});

describe("the text that ComfyUI writes into its PNGs", () => {
  const has = (bytes: Buffer) => bytes.includes("tEXt");

  test("is left out, and all else of the file stays byte for byte", async () => {
    const { pictures } = await unzip(await post());
    for (const bytes of pictures.values()) {
      expect(has(bytes)).toBe(false);
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 1920, height: 1088 });
    }
  });

  test("stays where it is asked for: the files as they are, and their exact length first", async () => {
    const answer = await post({ withMetadata: true });
    const length = Number(answer.headers.get("content-length"));
    const zip = await unzip(answer);
    expect(zip.length).toBe(length);
    const media = await get(`/media/projects/${projectId}/images/${ids[0]}.png`);
    expect(zip.pictures.get(NAMES[0]!)).toEqual(Buffer.from(await media.arrayBuffer()));
    expect(has(zip.pictures.get(NAMES[0]!)!)).toBe(true);
  });

  test("comes along into a cut picture only where it is asked for", async () => {
    for (const withMetadata of [false, true]) {
      const path = `/api/v1/projects/${projectId}/download?size=1920x1080&withMetadata=${withMetadata}`;
      const { pictures } = await unzip(await get(path));
      expect([...pictures.keys()]).toEqual(NAMES);
      for (const bytes of pictures.values()) {
        expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 1920, height: 1080 });
        expect(has(bytes)).toBe(withMetadata);
      }
    }
  });
});

describe("download.plan", () => {
  const shot = (index: number, text: string) => ({ number: index + 1, sentenceId: ids[index], text });

  test("names what is missing, changed, failed or the demo's before anything is downloaded", async () => {
    const clean = await app.client.download.plan.query({ projectId });
    expect(clean).toMatchObject({
      fileName: "The Läst Light - pictures.zip",
      pictures: 3,
      missing: [shot(3, "Tomorrow.")],
      dirty: [],
      failed: [],
      demo: [],
    });
    const { pictures } = await unzip(await post({ withMetadata: true }));
    expect(clean.bytes).toBe([...pictures.values()].reduce((sum, one) => sum + one.length, 0));

    await change(ids[0]!, { isImageDirty: true });
    await change(ids[1]!, { status: "failed" });
    await change(ids[3]!, { status: "failed" });
    await db().update(takes).set({ renderer: "demo" }).where(eq(takes.sentenceId, ids[2]!));
    const plan = await app.client.download.plan.query({ projectId });
    expect(plan).toMatchObject({
      pictures: 3,
      missing: [shot(3, "Tomorrow.")],
      dirty: [shot(0, "The ferry left at dawn.")],
      failed: [shot(1, "Nobody waved.")],
      demo: [shot(2, 'Déjà vu, "again".')],
    });
    expect([...(await unzip(await post())).pictures.keys()]).toEqual(NAMES);
    const part = await app.client.download.plan.query({ projectId, sentenceIds: [ids[1]!, ids[3]!] });
    expect(part).toMatchObject({
      fileName: "The Läst Light - 2 shots.zip",
      pictures: 1,
      dirty: [],
      demo: [],
    });
    await change(ids[0]!, { isImageDirty: false });
    for (const id of [ids[1]!, ids[3]!])
      await change(id, { status: id === ids[3] ? "pending" : "completed" });
  });

  test("takes as many shots as a project has, which no address holds", async () => {
    const many = await app.project(1_500);
    const input = { projectId: many.projectId, sentenceIds: many.sentenceIds };
    expect(await app.client.download.plan.query(input)).toMatchObject({ pictures: 0, bytes: 0 });
  });

  test("counts a shot whose file is gone or empty as missing, and the ZIP leaves it out", async () => {
    const { projectId: own, sentenceIds } = await app.project(3);
    await app.client.image.generate.mutate({ projectId: own });
    await app.settled(own);
    await rm(await fileOf(sentenceIds[0]!));
    await writeFile(await fileOf(sentenceIds[2]!), "");
    const plan = await app.client.download.plan.query({ projectId: own });
    expect(plan).toMatchObject({ pictures: 1, missing: [{ number: 1 }, { number: 3 }] });
    const { rows, pictures } = await unzip(await post({}, own));
    expect([...pictures.keys()]).toEqual(["002_one_shot-number-2-of-the-test.png"]);
    expect(rows.slice(1).map((row) => row[8] !== "")).toEqual([false, true, false]);
  });
});

describe("download.prepare", () => {
  test("gives an address that a browser can fetch, again and again, with the plan", async () => {
    const input = { projectId, sentenceIds: [ids[0]!], size: "1920x1080" as const };
    const { url, ...plan } = await app.client.download.prepare.mutate(input);
    expect(plan).toEqual(await app.client.download.plan.query(input));
    for (const answer of [await get(url), await get(url)])
      expect([...(await unzip(answer)).pictures.keys()]).toEqual([NAMES[0]]);
  });

  test("holds for ten minutes", async () => {
    const { url } = await app.client.download.prepare.mutate({ projectId });
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 9 * 60_000);
    expect((await fetch(app.url + url, { method: "HEAD" })).status).toBe(200);
    vi.setSystemTime(Date.now() + 61_000);
    expect(await callRest(app, "GET", url)).toMatchObject({
      status: 404,
      error: { reason: "download_not_found", field: "downloadId", remedy: expect.any(String) },
    });
  });

  test("is 404 under an id that was never given, and 400 under one that is none", async () => {
    expect(await callRest(app, "GET", `/api/v1/downloads/${NOBODY}`)).toMatchObject({ status: 404 });
    expect(await callRest(app, "GET", "/api/v1/downloads/UPPER")).toMatchObject({ status: 400 });
  });

  test("keeps a hundred addresses, the newest", () => {
    const kept = new PreparedDownloads();
    for (let index = 0; index < 101; index += 1) kept.keep(`id-${index}`, { projectId: `p-${index}` });
    expect(kept.find("id-0")).toBeNull();
    expect(kept.find("id-1")).toEqual({ projectId: "p-1" });
    expect(kept.find("id-100")).toEqual({ projectId: "p-100" });
  });
});

describe("reading", () => {
  const SHOTS = 16;
  let big: string;
  let bigIds: string[];
  let path: string;
  /** Counts how often a file is looked for and opened. */
  const watchReads = () => vi.spyOn(app.runtime.services.images, "pathOf");
  /** So many other requests are answered meanwhile: time enough to read all, for a server that would. */
  const answers = async (count: number) => {
    for (let index = 0; index < count; index += 1) await (await get("/api/v1/nothing")).arrayBuffer();
  };

  /** An answer of which nothing is taken yet. */
  const ask = (url: string) =>
    new Promise<IncomingMessage>((resolve, reject) =>
      request(url, { agent: false }, resolve).once("error", reject),
    );

  beforeAll(async () => {
    ({ projectId: big, sentenceIds: bigIds } = await app.project(SHOTS));
    path = `/api/v1/projects/${big}/download`;
    await app.client.image.generate.mutate({ projectId: big });
    await app.settled(big);
    const picture = await bigPicture(1);
    for (const id of bigIds) await writeFile(await fileOf(id), picture);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("is none for HEAD, which tells what GET would", async () => {
    const reads = watchReads();
    const answer = await sendRaw(app.url, `HEAD ${path}?withMetadata=true HTTP/1.1`);
    expect(answer).toMatchObject({ status: 200, body: "", headers: { "content-type": "application/zip" } });
    expect(Number(answer?.headers["content-length"])).toBeGreaterThan(SHOTS * 3_000_000);
    // Each is looked for once, and none is opened.
    expect(reads.mock.calls.length).toBe(SHOTS);
  });

  test("waits for a client that takes nothing, and goes on with what is there when it does", async () => {
    const reads = watchReads();
    const answer = await ask(app.url + path);
    await answers(300);
    const before = reads.mock.calls.length - SHOTS;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(SHOTS - 4);
    await answers(50);
    expect(reads.mock.calls.length - SHOTS).toBe(before);
    // What was not taken yet is not read yet.
    const last = await bigPicture(200);
    await writeFile(await fileOf(bigIds.at(-1)!), last);
    const files = Object.values(unzipSync(await buffer(answer)));
    expect(files).toHaveLength(SHOTS + 1);
    expect(last.equals(files.at(-1)!)).toBe(true);
  });

  test("ends when the client goes away, and that is no error", async () => {
    const reads = watchReads();
    const answer = await ask(app.url + path);
    answer.destroy();
    await answers(300);
    expect(reads.mock.calls.length - SHOTS).toBeLessThan(SHOTS - 4);
    expect(app.logged).toEqual([]);
  });

  test("leaves the connection open for what is asked next", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const isReused of [false, true]) {
      const asked = request(`${app.url}/api/v1/projects/${projectId}/download`, { agent });
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      expect(Object.keys(unzipSync(await buffer(answer)))).toHaveLength(4);
      expect(asked.reusedSocket).toBe(isReused);
    }
    agent.destroy();
  });

  test("never begins for a client that has gone before the answer, and that is no error", async () => {
    let begun = 0;
    const download = {
      fileName: "x.zip",
      length: null,
      read: () => {
        begun += 1;
        return Readable.from([]);
      },
    };
    const sent = Promise.withResolvers<void>();
    const server = createServer((incoming, answer) => {
      answer.once("close", () => sent.resolve(sendZip(answer, download, app.runtime.services.log)));
      incoming.destroy();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(ask(`http://127.0.0.1:${port}`)).rejects.toThrow();
    await sent.promise;
    server.close();
    expect(begun).toBe(0);
    expect(app.logged).toEqual([]);
  });

  test("breaks the download off where a file vanishes before its turn, and logs which", async () => {
    const answer = await ask(app.url + path);
    await rm(await fileOf(bigIds.at(-1)!));
    await expect(buffer(answer)).rejects.toThrow("aborted");
    await vi.waitFor(() => expect(app.logged).toHaveLength(1));
    const [{ message, fields }] = app.logged.splice(0) as [TestApp["logged"][number]];
    expect(message).toBe("A download broke off");
    expect(fields["error"]).toMatchObject({ code: "ENOENT", path: expect.stringContaining(big) });
  });

  test("breaks it off where a picture is torn, and the log says what to do", async () => {
    const { projectId: own, sentenceIds } = await app.project(1);
    await app.client.image.generate.mutate({ projectId: own });
    await app.settled(own);
    await writeFile(await fileOf(sentenceIds[0]!), (await bigPicture(1)).subarray(0, 100_000));
    for (const size of ["rendered", "1920x1080"]) {
      await expect(post({ size }, own).then((one) => one.arrayBuffer())).rejects.toThrow();
      await vi.waitFor(() => expect(app.logged).toHaveLength(1));
      const [{ fields }] = app.logged.splice(0) as [TestApp["logged"][number]];
      expect(String(fields["error"])).toMatch(/Generate the shot again/);
    }
  });
});

test("nothing else of this was logged", () => {
  expect(app.logged).toEqual([]);
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { FakeComfy } from "./fake-comfy";
import { connect, promptId, success } from "./quick";

const objectInfo = JSON.parse(
  readFileSync(new URL("../../fixtures/comfyui/object_info.cut.json", import.meta.url), "utf8"),
) as Record<string, unknown>;

describe("asking", () => {
  it("tells version and devices", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET system_stats", {
      body: {
        system: { comfyui_version: "0.26.0" },
        devices: [{ name: "cuda:0", vram_total: 16, vram_free: 4 }],
      },
    });
    expect(await connect(fake).stats()).toEqual({
      version: "0.26.0",
      devices: [{ name: "cuda:0", vramTotal: 16, vramFree: 4 }],
    });
  });

  it("reads NaN and Infinity, which Python writes, as nothing", async () => {
    await using fake = await FakeComfy.start();
    const body = `{"${promptId}":{"outputs":{"9":{"x":NaN,"note":"NaN \\"-Infinity\\"","images":[{"filename":"a.png"}]}},"status":{"status_str":"success","messages":[["m",{"v":-Infinity}]]}}}`;
    fake.on("GET history", { body });
    const entry = await connect(fake).history(promptId);
    expect(entry?.outputs[0]?.files).toEqual([{ filename: "a.png", subfolder: "", type: "output" }]);
    expect(entry?.messages).toEqual([["m", { v: null }]]);
  });

  it("never asks for the whole history", async () => {
    await using fake = await FakeComfy.start();
    fake.history.set(promptId, success("a.png"));
    const client = connect(fake);
    await client.history(promptId);
    await client.locate("../queue?x=1");
    for (const { path } of fake.requests) expect(path).toMatch(/^(history\/[^/]+|queue)$/);
  });

  it("tells everybody's queue in its order", async () => {
    await using fake = await FakeComfy.start();
    const item = (number: number, id: string, prompt: unknown = { "1": {}, "9": {} }): unknown[] => [
      number,
      id,
      prompt,
      {},
      ["9"],
      "a newer field",
    ];
    fake.on("GET queue", {
      body: { queue_running: [item(3, "a")], queue_pending: [item(9, "c"), item(5, "b", "secret")] },
    });
    expect(await connect(fake).queue()).toEqual({
      running: ["a"],
      pending: ["b", "c"],
      remaining: 3,
      items: [
        { promptId: "a", isRunning: true, nodes: 2 },
        { promptId: "b", isRunning: false, nodes: null },
        { promptId: "c", isRunning: false, nodes: 2 },
      ],
    });
  });

  it("lists a folder's models, and none of a folder that ComfyUI does not have", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET models/loras", { body: ["noir.safetensors"] });
    const client = connect(fake);
    expect(await client.models("loras")).toEqual(["noir.safetensors"]);
    expect(await client.models("nothing")).toEqual([]);
  });

  it("asks for a node class once and remembers it, also that it is missing, but no failure", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET object_info/KSampler", { body: { KSampler: objectInfo.KSampler } });
    fake.on("GET object_info/Gone", { body: {} });
    fake.on("GET object_info/Broken", { status: 500, body: "no" });
    const client = connect(fake);
    const [first, second] = await Promise.all([client.nodeInfo("KSampler"), client.nodeInfo("KSampler")]);
    expect(first).toBe(second);
    expect(await client.nodeInfo("Gone")).toBeNull();
    expect(await client.nodeInfo("Gone")).toBeNull();
    expect(fake.requests).toHaveLength(2);
    await expect(client.nodeInfo("Broken")).rejects.toMatchObject({ code: "server_error" });
    await expect(client.nodeInfo("Broken")).rejects.toMatchObject({ code: "server_error" });
    expect(fake.count("GET object_info/Broken")).toBe(2);
    client.forgetNodeInfo();
    await client.nodeInfo("KSampler");
    expect(fake.count("GET object_info/KSampler")).toBe(2);
  });

  it("asks for a node class again when its answer is old", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET object_info", { body: {} });
    const client = connect(fake, { timings: { nodeInfoTtlMs: 0 } });
    await client.nodeInfo("A B/C");
    await client.nodeInfo("A B/C");
    expect(fake.requests.map(({ path }) => path)).toEqual(["object_info/A%20B%2FC", "object_info/A%20B%2FC"]);
  });

  it("lets one caller stop waiting without taking the answer from another", async () => {
    await using fake = await FakeComfy.start();
    let answer: () => void = () => undefined;
    fake.on("GET object_info", async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return { body: { KSampler: objectInfo.KSampler } };
    });
    const client = connect(fake);
    const abort = new AbortController();
    const impatient = client.nodeInfo("KSampler", abort.signal);
    const patient = client.nodeInfo("KSampler");
    await fake.until(() => fake.requests.length === 1);
    abort.abort(new Error("200 ms are over"));
    await expect(impatient).rejects.toThrow("200 ms are over");
    answer();
    expect((await patient)?.inputs.seed).toMatchObject({ type: "INT", choices: null });
  });

  it("reads the choices of every form of input", async () => {
    await using fake = await FakeComfy.start();
    for (const name of ["UNETLoader", "LatentConcat", "SaveImageAdvanced", "LoadImage"]) {
      fake.on(`GET object_info/${name}`, { body: { [name]: objectInfo[name] } });
    }
    const client = connect(fake);
    const choices = async (name: string, input: string) =>
      (await client.nodeInfo(name))?.inputs[input]?.choices;
    expect(await choices("UNETLoader", "unet_name")).toContain("z_image_turbo_bf16.safetensors");
    expect(await choices("LatentConcat", "dim")).toEqual(["x", "-x", "y", "-y", "t", "-t"]);
    expect(await choices("SaveImageAdvanced", "format")).toContain("png");
    expect((await client.nodeInfo("LoadImage"))?.inputs.image).toMatchObject({
      isUpload: true,
      isRequired: true,
    });
  });

  it("reads what it can of a definition that a custom node wrote wrongly", async () => {
    await using fake = await FakeComfy.start();
    const input = { required: { image: "IMAGE", mode: [["a", "b"]] }, optional: "none", hidden: 1 };
    const wrong = { input, output: "IMAGE", output_name: "image", output_node: "no", display_name: 7 };
    fake.on("GET object_info/Sloppy", { body: { Sloppy: wrong } });
    fake.on("GET object_info/Hollow", { body: { Hollow: {} } });
    const client = connect(fake);
    expect(await client.nodeInfo("Sloppy")).toMatchObject({
      displayName: "Sloppy",
      isOutput: false,
      outputs: [{ name: "image", type: "IMAGE" }],
      inputs: { image: { type: "IMAGE", choices: null }, mode: { type: "COMBO", choices: ["a", "b"] } },
    });
    expect(await client.nodeInfo("Hollow")).toMatchObject({ inputs: {}, outputs: [] });
  });
});

describe("pictures", () => {
  it("are uploaded for LoadImage, over one of the same name", async () => {
    await using fake = await FakeComfy.start();
    fake.on("POST upload/image", { body: { name: "ref.png", subfolder: "shotboard\\a", type: "input" } });
    const value = await connect(fake).upload({
      name: "ref.png",
      subfolder: "shotboard/a",
      bytes: new Uint8Array([1, 2, 3]),
    });
    expect(value).toBe("shotboard/a/ref.png");
    const form = await new Response(new Uint8Array(fake.requests[0]?.body ?? []), {
      headers: { "content-type": String(fake.requests[0]?.headers["content-type"]) },
    }).formData();
    expect([form.get("type"), form.get("subfolder"), form.get("overwrite")]).toEqual([
      "input",
      "shotboard/a",
      "true",
    ]);
    const file = form.get("image") as File;
    expect([file.name, file.type, await file.bytes()]).toEqual([
      "ref.png",
      "image/png",
      new Uint8Array([1, 2, 3]),
    ]);
  });

  it.each([
    [413, "permanent"],
    [400, "permanent"],
    [507, "transient"],
  ])("whose upload ends with HTTP %i fail: %s", async (status, kind) => {
    await using fake = await FakeComfy.start();
    fake.on("POST upload/image", { status, body: "no" });
    const upload = connect(fake).upload({ name: "ref.png", subfolder: "", bytes: new Uint8Array(3) });
    await expect(upload).rejects.toMatchObject({ code: "upload_failed", kind });
  });

  it("that fail inside ComfyUI are told apart by whether a picture's worth of room is there", async () => {
    await using fake = await FakeComfy.start();
    const upload = () =>
      connect(fake).upload(
        { name: "ref.png", subfolder: "", bytes: new Uint8Array(3) },
        AbortSignal.timeout(10_000),
      );
    fake.on("POST upload/image", { status: 500, body: "500 Internal Server Error" });
    await expect(upload()).rejects.toMatchObject({ code: "disk_full", kind: "lane" });
    let calls = 0;
    fake.on("POST upload/image", () =>
      (calls += 1) === 1
        ? { status: 500, body: "no" }
        : { body: { name: "room.png", subfolder: "shotboard" } },
    );
    await expect(upload()).rejects.toMatchObject({ code: "upload_failed", kind: "transient" });
    const [, tried, left] = fake.requests.slice(-3).map(({ body }) => body.byteLength);
    expect(tried).toBeGreaterThan(4 * 1024 * 1024);
    expect(left).toBeLessThan(1_000);
  });

  it("leave nothing of themselves on a full disk, which keeps what it had room for", async () => {
    await using fake = await FakeComfy.start();
    // As ComfyUI writes: over the old file, and with what fits when it breaks off.
    const kept = new Map<string, number>();
    fake.on("POST upload/image", ({ body }) => {
      const name = /filename="(.+?)"/.exec(body.toString("latin1"))![1]!;
      const isFull = body.byteLength > 1_000_000;
      kept.set(name, isFull ? 1_000_000 : body.byteLength);
      return isFull ? { status: 500, body: "no" } : { body: { name, subfolder: "shotboard" } };
    });
    const image = { name: "ref.png", subfolder: "shotboard", bytes: new Uint8Array(2_000_000) };
    const signal = AbortSignal.timeout(10_000);
    await expect(connect(fake).upload(image, signal)).rejects.toMatchObject({ code: "disk_full" });
    expect([...kept.keys()]).toEqual(["ref.png", "room.png"]);
    for (const bytes of kept.values()) expect(bytes).toBeLessThan(1_000);
    kept.clear();
    expect(await connect(fake).hasRoom(signal)).toBe(false);
    expect(kept.get("room.png")).toBeLessThan(1_000);
  });

  it("with a path in their name are not sent", async () => {
    await using fake = await FakeComfy.start();
    const upload = connect(fake).upload({ name: "../ref.png", subfolder: "", bytes: new Uint8Array(3) });
    await expect(upload).rejects.toMatchObject({ code: "upload_failed", kind: "permanent" });
    expect(fake.requests).toEqual([]);
  });

  it("are fetched whole, and one that was removed is said to be gone", async () => {
    await using fake = await FakeComfy.start();
    const bytes = Buffer.alloc(3_000_000, 7);
    fake.on("GET view?filename=a+b.png&subfolder=s%2Ft&type=output", { body: bytes });
    const client = connect(fake);
    const got = await client.download({ filename: "a b.png", subfolder: "s/t", type: "output" });
    expect(Buffer.compare(Buffer.from(got), bytes)).toBe(0);
    const gone = client.download({ filename: "x.png", subfolder: "", type: "output" });
    await expect(gone).rejects.toMatchObject({ code: "file_gone", kind: "transient" });
  });

  it("stop coming when the caller aborts", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET view", () => new Promise(() => undefined));
    const abort = new AbortController();
    const downloading = connect(fake).download(
      { filename: "x.png", subfolder: "", type: "output" },
      abort.signal,
    );
    await fake.until(() => fake.requests.length === 1);
    abort.abort(new Error("stop"));
    await expect(downloading).rejects.toThrow("stop");
  });
});

describe("freeing memory", () => {
  it("asks for models to be unloaded", async () => {
    await using fake = await FakeComfy.start();
    fake.on("POST free", {});
    await connect(fake).free();
    expect(JSON.parse(String(fake.requests[0]?.body))).toEqual({ unload_models: true, free_memory: true });
  });
});

describe("an address with a name and a password", () => {
  it("makes no client: they would be shown and logged", () => {
    expect(() => createComfyClient({ url: "http://me:secret7@127.0.0.1:8188" })).toThrow(TypeError);
    expect(() => createComfyClient({ url: "http://me:secret7@127.0.0.1:8188" })).not.toThrow("secret7");
  });
});

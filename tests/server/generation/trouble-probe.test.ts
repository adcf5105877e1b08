import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { probeFor } from "@/server/generation/trouble-probe";
import { ImageStore, type ImageStoreOptions } from "@/server/image-store/image-store";
import { FakeComfy } from "../comfyui/fake-comfy";
import { openTestDatabase } from "../../support/test-database";

const GB = 1024 ** 3;

async function open(comfy: FakeComfy, options: ImageStoreOptions = {}) {
  const database = await openTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-probe-"));
  const images = new ImageStore(dataDir, options);
  const server = {
    url: comfy.url,
    name: "gpu",
    client: createComfyClient({ url: comfy.url }),
    isDemo: false,
  };
  return {
    probe: (code: string) => probeFor({ database, images }, server, { code }),
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

test("a GPU that ran out of memory is worth another try once a tenth of it has become free since", async () => {
  await using comfy = await FakeComfy.start();
  await using ctx = await open(comfy);
  let free = 2;
  comfy.on("GET system_stats", () => ({
    body: {
      system: { comfyui_version: "0.26.0" },
      devices: [{ name: "gpu", type: "cuda", vram_total: 16 * GB, vram_free: free * GB }],
    },
  }));
  const probe = ctx.probe("out_of_memory")!;
  expect(await probe()).toBe(false);
  free = 3;
  expect(await probe()).toBe(false);
  free = 8;
  expect(await probe()).toBe(true);
});

test("a ComfyUI that hung is worth another try once it let go of what it hung over, whatever runs then", async () => {
  await using comfy = await FakeComfy.start();
  await using ctx = await open(comfy);
  comfy.queue.running.push("hung");
  const probe = ctx.probe("stalled")!;
  expect(await probe()).toBe(false);
  comfy.queue.running.length = 0;
  expect(await probe()).toBe(true);
  comfy.queue.running.push("another");
  expect(await probe()).toBe(true);
});

test("a server that refused us is worth another try once it answers, and a failed GPU only by a try", async () => {
  await using comfy = await FakeComfy.start();
  await using ctx = await open(comfy);
  comfy.on("GET queue", { status: 401, body: "Unauthorized" });
  const probe = ctx.probe("refused")!;
  await expect(probe()).rejects.toThrow(/HTTP 401|refuse|login/i);
  comfy.handlers.clear();
  expect(await probe()).toBe(true);
  expect(ctx.probe("gpu_error")).toBeNull();
});

test("ComfyUI's disk has room when it takes a picture's worth of bytes, which are taken back", async () => {
  await using comfy = await FakeComfy.start();
  await using ctx = await open(comfy);
  const probe = ctx.probe("comfyui_disk_full")!;
  comfy.on("POST upload/image", { status: 500, body: "No space left on device" });
  expect(await probe()).toBe(false);
  comfy.on("POST upload/image", { body: { name: "room.png", subfolder: "shotboard", type: "input" } });
  expect(await probe()).toBe(true);
  const sizes = comfy.requests.filter((one) => one.path === "upload/image").map((one) => one.body.length);
  expect(sizes.at(-2)).toBeGreaterThan(4_000_000);
  expect(sizes.at(-1)).toBeLessThan(2_000);
});

test("our own disk has room when the data folder takes as much as could not be written last", async () => {
  await using comfy = await FakeComfy.start();
  await using ctx = await open(comfy);
  for (const code of ["disk_full", "data_folder_unwritable"]) expect(await ctx.probe(code)!()).toBe(true);
  expect(await readdir(ctx.dataDir)).toEqual([]);
  await using full = await open(comfy, { keepFree: Number.MAX_SAFE_INTEGER });
  expect(await full.probe("disk_full")!()).toBe(false);
  // That is no trouble of a disk, and nothing that ends by itself.
  await rm(ctx.dataDir, { recursive: true });
  await expect(ctx.probe("disk_full")!()).rejects.toThrow("ENOENT");
});

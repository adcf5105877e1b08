import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { get, post } from "./ear";

let demo: DemoComfyUI;
beforeAll(async () => {
  demo = await startDemoComfyUI({ stepMs: 0, paint: false });
});
afterAll(() => demo.close());

test("says what it is: a demo, and no GPU", async () => {
  expect(await get(demo, "/system_stats")).toMatchObject({
    system: { comfyui_version: "0.26.0", shotboard_demo: true },
    devices: [{ name: "Demo renderer (no GPU)", type: "cpu" }],
  });
});

test("answers every route below /api too", async () => {
  expect(await get(demo, "/api/features")).toEqual(await get(demo, "/features"));
  expect(await get(demo, "/api/queue")).toEqual({ queue_running: [], queue_pending: [] });
});

test("describes the classes of both default graphs with its own files as choices", async () => {
  const all = await get<Record<string, unknown>>(demo, "/object_info");
  for (const name of ["KSampler", "Flux2Scheduler", "ReferenceLatent", "LoraLoaderModelOnly", "SaveImage"]) {
    expect(all).toHaveProperty(name);
    expect(await get(demo, `/object_info/${name}`)).toEqual({ [name]: all[name] });
  }
  expect(all["UNETLoader"]).toMatchObject({
    input: { required: { unet_name: [expect.arrayContaining(["z_image_turbo_bf16.safetensors"])] } },
  });
  expect(await get(demo, "/models/vae")).toContain("ae.safetensors");
  expect((await fetch(`${demo.url}/models/nonsense`)).status).toBe(404);
});

test("frees memory it does not have, and knows no page that ComfyUI lacks", async () => {
  expect((await post(demo, "/free", { unload_models: true, free_memory: true })).status).toBe(200);
  expect((await fetch(`${demo.url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${demo.url}/history/%E0%A4%A`)).status).toBe(404);
});

test("gives nothing outside its folders", async () => {
  const status = async (query: string) => (await fetch(`${demo.url}/view?${query}`)).status;
  expect(await status("filename=../secret.png")).toBe(400);
  expect(await status("filename=/etc/passwd")).toBe(400);
  expect(await status("filename=x.png&subfolder=..%2F..")).toBe(400);
  expect(await status("filename=unknown.png")).toBe(404);
});

test("takes no upload whose name has a path, and numbers a second file of the same name", async () => {
  const upload = async (name: string, text: string) => {
    const form = new FormData();
    form.set("image", new Blob([text]), name);
    return fetch(`${demo.url}/upload/image`, { method: "POST", body: form });
  };
  expect((await upload("a/b.png", "1")).status).toBe(400);
  expect((await upload("../b.png", "1")).status).toBe(400);
  expect(await (await upload("b.png", "1")).json()).toEqual({ name: "b.png", subfolder: "", type: "input" });
  expect(await (await upload("b.png", "1")).json()).toMatchObject({ name: "b.png" });
  expect(await (await upload("b.png", "2")).json()).toMatchObject({ name: "b (1).png" });
});

test("a port that is taken is an error at the start", async () => {
  await expect(startDemoComfyUI({ port: demo.port })).rejects.toThrow(/EADDRINUSE/);
});

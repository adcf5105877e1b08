import { afterEach, beforeEach, expect, test } from "vitest";
import sharp from "sharp";
import { WebSocket } from "ws";
import type { Fault } from "@/server/demo-comfyui/fault";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { Ear, get, historyOf, pictureOf, post, submit, textToImage, trace } from "./ear";

let demo: DemoComfyUI;
beforeEach(async () => {
  demo = await startDemoComfyUI({ stepMs: 0, paint: false });
});
afterEach(() => demo.close());

async function runWith(fault: Fault): Promise<{ ear: Ear; id: string }> {
  const ear = await Ear.open(demo, "me");
  demo.addFault(fault);
  const id = await submit(demo, textToImage());
  await demo.waitFor("finished");
  return { ear, id };
}

test.each([
  ["execution_error", "runtime-error"],
  ["oom", "runtime-oom"],
] as const)(
  "%s has the fields and words of the recorded one, on the socket and in history",
  async (kind, name) => {
    const { ear, id } = await runWith({ kind, afterStep: 3 });
    await ear.over();
    const recorded = trace(name).messages.find(({ type }) => type === "execution_error")?.data ?? {};
    const heard = ear.heard.find(({ type }) => type === "execution_error")?.data ?? {};
    expect(Object.keys(heard)).toEqual(Object.keys(recorded));
    expect(heard).toMatchObject({
      prompt_id: id,
      node_id: "57:3",
      node_type: "KSampler",
      exception_type: recorded["exception_type"],
      exception_message: recorded["exception_message"],
    });
    expect(ear.story()).toContain("progress 57:3 3/8");
    expect(ear.story()).not.toContain("progress 57:3 4/8");
    const history = await historyOf(demo, id);
    expect(history?.status).toMatchObject({ status_str: "error", completed: false });
    expect(history?.status.messages.at(-1)).toEqual(["execution_error", heard]);
  },
);

test("cuda_error names the GPU, disk_full the save node", async () => {
  const { id } = await runWith({ kind: "cuda_error" });
  expect((await historyOf(demo, id))?.status.messages.at(-1)?.[1]).toMatchObject({
    exception_message: expect.stringContaining("CUDA error") as string,
  });
  demo.addFault({ kind: "disk_full" });
  const full = await submit(demo, textToImage({ seed: 2 }));
  await demo.waitFor("finished", 2);
  expect((await historyOf(demo, full))?.status.messages.at(-1)?.[1]).toMatchObject({
    node_type: "SaveImage",
    exception_type: "OSError",
    exception_message: expect.stringContaining("No space left on device") as string,
  });
});

test("empty_outputs is a success without a picture", async () => {
  const { ear, id } = await runWith({ kind: "empty_outputs" });
  await ear.over();
  expect(await historyOf(demo, id)).toMatchObject({ outputs: {}, status: { completed: true } });
  expect(ear.heard.some(({ type }) => type === "executed")).toBe(false);
});

test("executed_null keeps the picture to history", async () => {
  const { ear, id } = await runWith({ kind: "executed_null" });
  await ear.over();
  expect(ear.story()).toContain("executed 9 null");
  expect((await pictureOf(demo, id)).status).toBe(200);
});

test("silent_socket says nothing more but stays open; HTTP and a new socket work", async () => {
  const { ear, id } = await runWith({ kind: "silent_socket" });
  expect(ear.story()).toHaveLength(3);
  expect(ear.socket.readyState).toBe(ear.socket.OPEN);
  expect(await historyOf(demo, id)).toMatchObject({ status: { completed: true } });
  const fresh = await Ear.open(demo, "me");
  await submit(demo, textToImage());
  await fresh.over();
});

test("cut_sockets cuts them in the middle of the work, which goes on", async () => {
  const ear = await Ear.open(demo, "me");
  const closed = ear.closed();
  demo.addFault({ kind: "cut_sockets", afterStep: 2 });
  const id = await submit(demo, textToImage());
  await closed;
  await demo.waitFor("finished");
  expect(ear.story()).not.toContain("progress 57:3 3/8");
  expect(await historyOf(demo, id)).toMatchObject({ status: { completed: true } });
});

test("crash takes port, sockets, queue and history; restart brings the port back empty, files stay", async () => {
  const before = await submit(demo, textToImage({ seed: 1, prefix: "kept" }));
  await demo.waitFor("finished");
  const ear = await Ear.open(demo, "me");
  const closed = ear.closed();
  demo.addFault({ kind: "crash", afterStep: 2 });
  const id = await submit(demo, textToImage({ seed: 2 }));
  await closed;
  await expect(fetch(`${demo.url}/queue`)).rejects.toThrow(/fetch failed/);
  const { port } = demo;
  await demo.restart();
  expect(demo.port).toBe(port);
  expect(await get(demo, "/queue")).toEqual({ queue_running: [], queue_pending: [] });
  expect(await historyOf(demo, id)).toBeUndefined();
  expect(await historyOf(demo, before)).toBeUndefined();
  expect((await fetch(`${demo.url}/view?filename=kept_00001_.png`)).status).toBe(200);
  const again = await submit(demo, textToImage({ seed: 2 }));
  await demo.waitFor("finished", 2);
  expect(await historyOf(demo, again)).toMatchObject({ status: { completed: true } });
});

test("forget loses queue and history while the port stays open", async () => {
  demo.pause();
  const id = await submit(demo, textToImage());
  await demo.waitFor("started");
  demo.forget();
  demo.release();
  expect(await get(demo, "/queue")).toEqual({ queue_running: [], queue_pending: [] });
  expect(await historyOf(demo, id)).toBeUndefined();
  const next = await submit(demo, textToImage());
  await demo.waitFor("finished");
  expect(await historyOf(demo, next)).toMatchObject({ status: { completed: true } });
});

test("stall stands still after its step until it is released", async () => {
  const ear = await Ear.open(demo, "me");
  demo.addFault({ kind: "stall", afterStep: 3 });
  await submit(demo, textToImage());
  await ear.until(() => ear.story().includes("progress 57:3 3/8"));
  expect(await get(demo, "/queue")).toMatchObject({ queue_running: [expect.anything()] });
  demo.release();
  await ear.over();
});

test("a deaf prompt hears an interrupt only when its sampler is through", async () => {
  demo.addFault({ kind: "deaf" });
  demo.pause(1);
  const ear = await Ear.open(demo, "me");
  const id = await submit(demo, textToImage());
  await demo.waitFor("sampling");
  await post(demo, "/interrupt", { prompt_id: id });
  expect(await get(demo, "/queue")).toMatchObject({ queue_running: [expect.anything()] });
  demo.release();
  await ear.over();
  expect(ear.story()).toContain("progress 57:3 8/8");
  expect(await historyOf(demo, id)).toMatchObject({ status: { status_str: "error" } });
});

test("a picture can be broken, no picture, empty, gone, or of another size", async () => {
  const ids: string[] = [];
  for (const kind of [
    "broken_picture",
    "not_a_picture",
    "empty_picture",
    "picture_gone",
    "other_size",
  ] as const) {
    demo.addFault({ kind });
    ids.push(await submit(demo, textToImage({ prefix: kind })));
    await demo.waitFor("finished", ids.length);
  }
  const [broken, text, empty, gone, small] = await Promise.all(ids.map((id) => pictureOf(demo, id)));
  await expect(sharp(broken?.bytes).raw().toBuffer()).rejects.toThrow(/png/i);
  expect(text?.bytes.toString()).toContain("not a picture");
  expect(empty).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
  expect(gone?.status).toBe(404);
  expect(await sharp(small?.bytes).metadata()).toMatchObject({ width: 960, height: 544 });
});

test("a submission can be refused, accepted with errors, or lost", async () => {
  demo.addFault({ kind: "refuse_prompt" });
  demo.addFault({ kind: "node_errors" });
  demo.addFault({ kind: "lost_prompt" });
  const send = (seed: number) => post(demo, "/prompt", { prompt: textToImage({ seed }) });
  expect((await send(1)).status).toBe(400);
  const accepted = await send(2);
  expect(accepted.status).toBe(200);
  // The fault that loses a prompt waited behind the one that was accepted with errors.
  expect(Object.keys((JSON.parse(accepted.body) as { node_errors: object }).node_errors)).toHaveLength(1);
  expect(demo.prompts).toHaveLength(0);
  expect((await send(3)).status).toBe(200);
  expect(demo.prompts).toHaveLength(1);
});

test("requests can fail, be slow, or get no answer", async () => {
  demo.addFault({ kind: "http_500", path: "GET /history" });
  expect((await fetch(`${demo.url}/history/x`)).status).toBe(500);
  expect((await fetch(`${demo.url}/history/x`)).status).toBe(200);
  demo.addFault({ kind: "slow_answer", path: "GET /queue", ms: 30 });
  const start = performance.now();
  await fetch(`${demo.url}/queue`);
  expect(performance.now() - start).toBeGreaterThan(25);
  demo.addFault({ kind: "no_answer", path: "GET /queue" });
  const waiting = fetch(`${demo.url}/queue`).catch(() => "cut");
  await fetch(`${demo.url}/features`);
  await demo.stop();
  expect(await waiting).toBe("cut");
});

test("requests can get a web page, half an answer, or a large one piece by piece", async () => {
  demo.addFault({ kind: "html", path: "GET /queue", status: 502 });
  const page = await fetch(`${demo.url}/queue`);
  expect({ status: page.status, text: await page.text() }).toMatchObject({
    status: 502,
    text: expect.stringContaining("<!doctype html>") as string,
  });
  demo.addFault({ kind: "half_answer", path: "GET /features" });
  const half = await fetch(`${demo.url}/features`);
  const reader = half.body!.getReader();
  const { value } = await reader.read();
  expect(value!.length).toBe(Math.floor(Number(half.headers.get("content-length")) / 2));
  await reader.cancel();
  demo.addFault({ kind: "slow_body", path: "GET /object_info", ms: 100, fillTo: 100_000 });
  const start = performance.now();
  const all = (await (await fetch(`${demo.url}/object_info/KSampler`)).json()) as Record<string, unknown>;
  expect(performance.now() - start).toBeGreaterThan(80);
  expect(JSON.stringify(all).length).toBeGreaterThan(100_000);
  expect(all).toHaveProperty("KSampler");
});

test("it can restart instead of an answer or right after one; a handshake can stay unanswered", async () => {
  const ear = await Ear.open(demo, "me");
  const cut = ear.closed();
  demo.addFault({ kind: "restart_before", path: "GET /features" });
  await expect(fetch(`${demo.url}/features`)).rejects.toThrow(/fetch failed/);
  await cut;
  demo.addFault({ kind: "restart_after", path: "POST /prompt" });
  const id = await submit(demo, textToImage());
  expect(await get(demo, "/queue")).toEqual({ queue_running: [], queue_pending: [] });
  expect(await historyOf(demo, id)).toBeUndefined();
  expect(demo.prompts[0]!.startedAt).toBeNull();
  demo.addFault({ kind: "no_answer", path: "GET /ws" });
  const silent = new WebSocket(`${demo.url.replace("http", "ws")}/ws`);
  const failed = new Promise((resolve) => silent.once("error", resolve));
  await Ear.open(demo, "me");
  expect(silent.readyState).toBe(WebSocket.CONNECTING);
  await demo.stop();
  await failed;
});

test("a fault strikes as often as it says, and only whom it is meant for", async () => {
  demo.addFault({ kind: "oom", times: 2, match: (graph) => JSON.stringify(graph).includes("dragon") });
  const ids = [];
  for (const text of ["a cat", "a dragon", "a dragon again", "dragon number three"]) {
    ids.push(await submit(demo, textToImage({ text })));
  }
  await demo.waitFor("finished", 4);
  const completed = await Promise.all(ids.map(async (id) => (await historyOf(demo, id))?.status.completed));
  expect(completed).toEqual([true, false, false, true]);
});

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { checkServer } from "@/server/services/server/check-server";
import { startTestApp, type TestApp } from "../../support/test-app";
import { dumpDatabase } from "../../support/dump-database";
import { refusalOf } from "../../support/api";
import { freePort } from "../../support/raw-http";
import { openLives } from "../generation/lives";

/** The app as it starts without COMFYUI_URL. */
const startOnDemo = () => startTestApp({ env: { COMFYUI_URL: "" } });

/** Something that listens and is no ComfyUI. */
async function startStranger(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function startGpu(options: Parameters<typeof startDemoComfyUI>[0] = {}) {
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false, ...options });
  return Object.assign(comfy, { [Symbol.asyncDispose]: () => comfy.close() });
}

const status = (app: TestApp) => app.client.queue.status.query();

test("a check tells version, GPU, memory and which files of the models are missing, with their folders", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  const whole = await app.client.server.check.mutate({ url: gpu.url });
  expect(whole).toMatchObject({
    url: gpu.url,
    version: expect.any(String),
    device: expect.any(String),
    vramTotal: expect.any(Number),
    queueRemaining: 0,
    models: [
      { id: "flux2-klein-4b", missing: [] },
      { id: "z-image-turbo", missing: [] },
    ],
  });
  gpu.setFiles("vae", []);
  const { models } = await app.client.server.check.mutate({ url: gpu.url });
  expect(models.find((one) => one.id === "z-image-turbo")?.missing).toMatchObject([
    { code: "missing_file", file: "ae.safetensors", folder: "models/vae" },
  ]);
  // Asking keeps nothing.
  expect(await app.client.server.list.query()).toEqual({
    isFromEnvironment: false,
    freesWhenDone: false,
    items: [],
  });
  expect((await status(app)).isDemo).toBe(true);
});

test("an address is connected on one press, works at once, and is let go of again", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  const bare = gpu.url.replace("http://", "");
  const connected = await app.client.server.connect.mutate({
    url: `${bare}/`,
    headers: { "X-Key": "opens" },
  });
  expect(connected).toMatchObject({ isDemo: false, lanes: [{ url: gpu.url }] });
  expect(await app.client.server.list.query()).toMatchObject({
    items: [{ url: gpu.url, headerNames: ["x-key"] }],
  });
  expect(await refusalOf(app.client.server.connect.mutate({ url: gpu.url }))).toMatchObject({
    reason: "already_connected",
    field: "url",
  });
  await vi.waitFor(async () => expect((await status(app)).lanes[0]?.state).toBe("ready"));

  const { projectId } = await app.project(3);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  expect(gpu.prompts).toHaveLength(3);
  const disconnected = await app.client.server.disconnect.mutate({ url: gpu.url });
  expect(disconnected).toMatchObject({ isDemo: true, isPaused: false, lanes: [{ name: "Demo renderer" }] });
  expect(await refusalOf(app.client.server.disconnect.mutate({ url: gpu.url }))).toMatchObject({
    code: "NOT_FOUND",
    field: "url",
  });
});

test("a connected address is kept over a restart, and COMFYUI_URL wins over it", async () => {
  await using lives = await openLives();
  await using gpu = await startGpu();
  {
    await using life = await lives.start();
    await life.api.server.connect({ url: lives.comfy.url });
  }
  {
    await using life = await lives.start();
    expect(await life.api.queue.status()).toMatchObject({ isDemo: false, lanes: [{ url: lives.comfy.url }] });
    const { projectId } = await life.project(1);
    await life.api.image.generate({ projectId });
    await life.settled(projectId);
    expect(lives.comfy.prompts).toHaveLength(1);
  }
  await using life = await lives.start(gpu.url);
  expect(await life.api.queue.status()).toMatchObject({ lanes: [{ url: gpu.url }] });
});

test("pictures of the demo renderer turn dirty once a real ComfyUI is connected, and what was in line goes on there", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  const { projectId, sentenceIds } = await app.project(40);
  await app.client.image.generate.mutate({ projectId });
  const isDone = (id: string) => app.client.sentence.get.query({ sentenceId: id });
  await vi.waitFor(async () => expect((await isDone(sentenceIds[0]!)).status).toBe("completed"), 30_000);
  const dirtied = app.event(
    projectId,
    (event) =>
      event.type === "sentence" && event.sentence.id === sentenceIds[0] && event.sentence.isImageDirty,
  );
  await app.client.server.connect.mutate({ url: gpu.url });
  await dirtied;
  await app.settled(projectId);
  const project = await app.client.project.get.query({ projectId });
  const all = project.sections.flatMap((section) => section.sentences);
  expect(all.every((one) => one.status === "completed")).toBe(true);
  const takes = await Promise.all(
    sentenceIds.map((sentenceId) => app.client.take.list.query({ sentenceId })),
  );
  for (const [index, { items }] of takes.entries()) {
    expect(items).toHaveLength(1);
    expect(all[index]!.isImageDirty).toBe(items[0]!.renderer === "demo");
  }
  expect(takes.filter(({ items }) => items[0]!.renderer === "comfyui").length).toBe(gpu.prompts.length);
});

test("a picture of the demo renderer that the user kept stays clean when a real ComfyUI is connected", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  const { projectId, sentenceIds } = await app.project(2);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const [kept, other] = sentenceIds as [string, string];
  await app.client.sentence.update.mutate({ sentenceId: kept, text: "Other words." });
  await app.client.image.keep.mutate({ projectId, sentenceIds: [kept] });
  await app.client.server.connect.mutate({ url: gpu.url });
  expect(await app.client.sentence.get.query({ sentenceId: kept })).toMatchObject({ isImageDirty: false });
  expect(await app.client.sentence.get.query({ sentenceId: other })).toMatchObject({ isImageDirty: true });
});

test("the last ComfyUI is disconnected with pictures in line: it is stopped there, and the demo does not paint them", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  await app.client.server.connect.mutate({ url: gpu.url });
  gpu.pause(2);
  const { projectId } = await app.project(3);
  await app.client.image.generate.mutate({ projectId });
  await gpu.waitFor("sampling");
  const after = await app.client.server.disconnect.mutate({ url: gpu.url });
  expect(after).toMatchObject({ isDemo: true, isPaused: true, queued: 3, running: 0 });
  await vi.waitFor(() => expect(gpu.interrupts).toHaveLength(1));
  gpu.release();
  await app.client.server.connect.mutate({ url: gpu.url });
  await app.client.queue.resume.mutate();
  await app.settled(projectId);
  const project = await app.client.project.get.query({ projectId });
  for (const { id, status: state } of project.sections[0]!.sentences) {
    expect(state).toBe("completed");
    expect((await app.client.take.list.query({ sentenceId: id })).items).toHaveLength(1);
  }
});

test("where COMFYUI_URL names the servers, it decides", async () => {
  await using app = await startTestApp();
  await using gpu = await startGpu();
  expect(await app.client.server.list.query()).toMatchObject({ isFromEnvironment: true, items: [] });
  for (const call of [
    app.client.server.connect.mutate({ url: gpu.url }),
    app.client.server.disconnect.mutate({ url: app.comfy.url }),
  ])
    expect(await refusalOf(call)).toMatchObject({
      reason: "servers_from_environment",
      field: "url",
      remedy: expect.stringContaining("start Shotboard again") as string,
    });
});

test("what runs and waits on a server is told, also of other programs", async () => {
  await using app = await startTestApp();
  const { url } = app.comfy;
  app.comfy.pause();
  const { projectId } = await app.project(1);
  await app.client.image.generate.mutate({ projectId });
  await app.comfy.waitFor("started");
  const [ours] = app.comfy.prompts;
  await fetch(`${url}/prompt`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: ours!.graph }),
  }).then((answer) => expect(answer.status).toBe(200));
  const { items } = await app.client.server.activity.query({ url });
  expect(items).toMatchObject([
    { isRunning: true, shot: { projectId, projectName: "Test", text: "Shot number 1 of the test." } },
    { isRunning: false, shot: null, nodes: expect.any(Number) },
  ]);
  app.comfy.release();
  await app.settled(projectId);
});

test("the GPU's memory is freed by hand, and when the last job ends where that is switched on", async () => {
  await using app = await startTestApp();
  const { url } = app.comfy;
  await app.client.server.free.mutate({ url });
  expect(app.comfy.frees).toBe(1);
  const { projectId } = await app.project(2);
  await app.client.image.generate.mutate({ projectId });
  await app.settled(projectId);
  const { freesWhenDone } = await app.client.server.update.mutate({ freesWhenDone: true });
  expect(freesWhenDone).toBe(true);
  await app.client.image.generate.mutate({ projectId, force: true });
  await vi.waitFor(() => expect(app.comfy.frees).toBe(2), 10_000);
  // Once, after the last of the two, not after each.
  await app.settled(projectId);
  expect(app.comfy.frees).toBe(2);
});

test("an address that is no ComfyUI, redirects, is silent, or is ourselves: each a sentence at the field, and nothing is kept", async () => {
  await using app = await startOnDemo();
  await using page = await startStranger((_, response) => response.end("<html>Hello</html>"));
  await using elsewhere = await startStranger((_, response) =>
    response.writeHead(302, { location: "http://login.example.org/in" }).end(),
  );
  await using silent = await startStranger(() => {});
  await using locked = await startStranger((_, response) => response.writeHead(401).end());
  // What the demo renderer brings is noted at its first answer.
  await vi.waitFor(async () =>
    expect(await app.client.style.get.query({ styleId: "watercolor-lora" })).toMatchObject({
      isActive: true,
    }),
  );
  const before = await dumpDatabase(app.runtime.services.database);
  const cases: [url: string, reason: string, words: RegExp][] = [
    [page.url, "not_comfyui", /does not look like ComfyUI/],
    [elsewhere.url, "refused", /redirects to http:\/\/login\.example\.org\/in/],
    [locked.url, "refused", /HTTP 401/],
    [app.url, "address_is_shotboard", /a Shotboard, not a ComfyUI/],
    [`http://127.0.0.1:${await freePort()}`, "unreachable", /nothing listens there/],
    ["http://nobody.invalid", "unreachable", /name of the server is not known/],
    ["ftp://127.0.0.1", "bad_address", /got "ftp:\/\/127\.0\.0\.1"/],
    ["not an address", "bad_address", /got "not an address"/],
    ["http://me:secret@127.0.0.1:8188", "credentials_in_address", /name and password/],
    ["http://169.254.169.254/latest/meta-data", "address_refused", /169\.254\.169\.254/],
    ["http://[::ffff:169.254.169.254]/", "address_refused", /a9fe/],
    ["http://0xa9fea9fe/", "address_refused", /169\.254\.169\.254/],
    ["http://metadata.google.internal./", "address_refused", /metadata/],
  ];
  for (const [url, reason, words] of cases)
    for (const call of [app.client.server.check, app.client.server.connect]) {
      const refusal = await refusalOf(call.mutate({ url }));
      expect({ url, ...refusal }).toMatchObject({
        code: "BAD_REQUEST",
        reason,
        field: "url",
        message: expect.stringMatching(words) as string,
        remedy: expect.any(String) as string,
      });
    }
  await expect(checkServer(app.runtime.services, { url: silent.url }, 200)).rejects.toMatchObject({
    reason: "unreachable",
    field: "url",
    message: expect.stringContaining("nothing came within 200 ms") as string,
  });
  for (const [headers, field] of [
    [{ "bad name": "x" }, /^headers/],
    [{ ok: "two\r\nlines" }, /^headers/],
  ] as const)
    expect((await refusalOf(app.client.server.check.mutate({ url: page.url, headers }))).field).toMatch(
      field,
    );
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
});

test("what a proxy's headers say is sent to that server, and told and logged nowhere", async () => {
  await using app = await startOnDemo();
  await using gpu = await startGpu();
  const seen = new Set<string | undefined>();
  await using proxy = await startStranger((request, response) => {
    seen.add(request.headers.authorization);
    if (request.headers.authorization !== "Bearer quiet") return void response.writeHead(401).end();
    fetch(`${gpu.url}${request.url}`)
      .then(async (answer) =>
        response
          .writeHead(answer.status, { "content-type": "application/json" })
          .end(Buffer.from(await answer.arrayBuffer())),
      )
      .catch(() => response.destroy());
  });
  expect(await refusalOf(app.client.server.check.mutate({ url: proxy.url }))).toMatchObject({
    remedy: expect.stringContaining("headers") as string,
  });
  const headers = { Authorization: "Bearer quiet" };
  const connected = await app.client.server.connect.mutate({ url: proxy.url, headers });
  const listed = await app.client.server.list.query();
  expect(JSON.stringify([connected, listed, app.logged])).not.toContain("quiet");
  expect(listed.items).toEqual([{ url: proxy.url, headerNames: ["authorization"] }]);
});

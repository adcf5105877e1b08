import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { parseEnvironment, SettingError } from "@/server/boot/environment";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp } from "../../support/test-app";

const SECRET = "not-to-be-seen";

/** A server that refuses all and notes which headers it was asked with. */
async function startEar() {
  const heard = new Set<string>();
  const server = createServer((request, response) => {
    heard.add(`${String(request.headers["authorization"])} ${String(request.headers["x-key"])}`);
    response.writeHead(503).end();
  }).listen(0, "127.0.0.1");
  server.on("upgrade", (request, socket) => {
    heard.add(`${String(request.headers["authorization"])} ${String(request.headers["x-key"])}`);
    socket.destroy();
  });
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test.each([
  "http://studio:not-to-be-seen@gpu:8188",
  "http://not-to-be-seen@gpu:8188",
  "https://:not-to-be-seen@gpu",
])("a name and password in COMFYUI_URL stop the start with the way that headers go: %s", (url) => {
  const attempt = () => parseEnvironment({ NODE_ENV: "test", COMFYUI_URL: url }, "/somewhere");
  expect(attempt).toThrow(SettingError);
  expect(attempt).toThrow(/^The setting COMFYUI_URL is not usable: .*give them in COMFYUI_HEADERS: /);
  expect(attempt).not.toThrow(SECRET);
});

test.each([
  "http://169.254.169.254",
  "http://[fe80::1]:8188",
  "http://metadata.google.internal",
  "http://127.0.0.1:8188,http://2852039166/",
])("a metadata service in COMFYUI_URL stops the start: %s", (url) => {
  const attempt = () => parseEnvironment({ NODE_ENV: "test", COMFYUI_URL: url }, "/somewhere");
  expect(attempt).toThrow(SettingError);
  expect(attempt).toThrow(/the machine's own network service, never a ComfyUI's/);
});

test.each([
  '{"http://gpu": {"X-Key": "not-to-be-seen\\nX-Other: 1"}}',
  '{"http://gpu": {"X Key": "not-to-be-seen"}}',
])("headers that HTTP does not have stop the start, and are not printed: %s", (headers) => {
  const attempt = () => parseEnvironment({ NODE_ENV: "test", COMFYUI_HEADERS: headers }, "/somewhere");
  expect(attempt).toThrow(SettingError);
  expect(attempt).toThrow(/^The setting COMFYUI_HEADERS is not usable: a header's name or value/);
  expect(attempt).not.toThrow(SECRET);
});

test("a server's headers go to that server alone, over HTTP and WebSocket, in any spelling of its address", async () => {
  await using one = await startEar();
  await using other = await startEar();
  {
    await using _ = await startTestApp({
      env: {
        COMFYUI_URL: `${one.url}/,${other.url}`,
        COMFYUI_HEADERS: JSON.stringify({ [one.url]: { "X-Key": "opens", Authorization: "Basic eDp5" } }),
      },
    });
    await vi.waitUntil(() => one.heard.size > 0 && other.heard.size > 0, { timeout: 20_000, interval: 10 });
  }
  expect([...one.heard]).toEqual(["Basic eDp5 opens"]);
  expect([...other.heard]).toEqual(["undefined undefined"]);
});

test("what is in a server's headers is shown, logged and stored nowhere, also where a job fails", async () => {
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false });
  try {
    await using app = await startTestApp({
      env: {
        COMFYUI_URL: comfy.url,
        COMFYUI_HEADERS: JSON.stringify({ [comfy.url]: { Authorization: `Bearer ${SECRET}` } }),
      },
    });
    const { projectId } = await app.project(2);
    // The first job fails, which is logged.
    comfy.addFault({ kind: "refuse_prompt" });
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    expect(app.logged).toMatchObject([{ message: "A job failed", fields: { lane: comfy.url } }]);
    const job = await app.client.job.get.query({ jobId: jobIds[1]! });
    expect(job).toMatchObject({ status: "completed", lane: comfy.url });
    const status = await app.client.queue.pause.mutate({ lane: comfy.url });
    const servers = await app.client.server.list.query();
    const health = (await (await fetch(`${app.url}/healthz`)).json()) as object;
    expect(health).toMatchObject({ comfyui: [{ url: comfy.url }] });
    const database = await dumpDatabase(app.runtime.services.database);
    const logged = app.logged.map(({ message, fields }) => [message, String(fields["error"]), fields]);
    expect(JSON.stringify([job, status, servers, health, database, logged])).not.toContain(SECRET);
  } finally {
    await comfy.close();
  }
});

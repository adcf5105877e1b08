import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import type { ProjectEvent } from "@/lib/schemas/events";
import { startDemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp } from "../../support/test-app";

const SECRET = "not-to-be-seen";
const withLogin = (url: string) => `${url.replace("://", `://studio:${SECRET}@`)}/`;

test("a name and password in COMFYUI_URL are shown and kept nowhere", async () => {
  const comfy = await startDemoComfyUI({ stepMs: 0, paint: false });
  try {
    await using app = await startTestApp({ env: { COMFYUI_URL: withLogin(comfy.url) } });
    const { projectId } = await app.project(2);
    const events: ProjectEvent[] = [];
    const follow = app.event(projectId, (event) => {
      events.push(event);
      const sentences =
        event.type === "snapshot" ? event.sentences : event.type === "sentence" ? [event.sentence] : [];
      return sentences.some((one) => one.status === "completed");
    });
    // The first job fails, which is logged.
    comfy.addFault({ kind: "refuse_prompt" });
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    await follow;
    await app.settled(projectId);
    expect(app.logged).toMatchObject([{ message: "A job failed", fields: { lane: comfy.url } }]);

    const job = await app.client.job.get.query({ jobId: jobIds[1]! });
    expect(job).toMatchObject({ status: "completed", lane: comfy.url });
    const status = await app.client.queue.pause.mutate({ lane: comfy.url });
    expect(status.lanes).toMatchObject([{ url: comfy.url, state: "paused" }]);
    const health = (await (await fetch(`${app.url}/healthz`)).json()) as object;
    expect(health).toMatchObject({ comfyui: [{ url: comfy.url }] });
    const database = await dumpDatabase(app.runtime.services.database);
    expect(JSON.stringify([job, status, health, events, database, app.logged])).not.toContain(SECRET);
  } finally {
    await comfy.close();
  }
});

test.each(["as it is written there", "without name and password"])(
  "a server's headers are found by its address %s, and its password is sent too",
  async (spelling) => {
    const seen = new Set<string>();
    const server = createServer((request, response) => {
      seen.add(`${request.headers.authorization ?? ""} ${String(request.headers["x-key"])}`);
      response.writeHead(503).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const key = spelling.startsWith("as") ? withLogin(url) : url;
    {
      await using _ = await startTestApp({
        env: {
          COMFYUI_URL: withLogin(url),
          COMFYUI_HEADERS: JSON.stringify({ [key]: { "X-Key": "opens" } }),
        },
      });
      await vi.waitUntil(() => seen.size > 0, { timeout: 20_000, interval: 10 });
    }
    server.closeAllConnections();
    server.close();
    const login = `Basic ${Buffer.from(`studio:${SECRET}`).toString("base64")}`;
    expect([...seen]).toEqual([`${login} opens`]);
  },
);

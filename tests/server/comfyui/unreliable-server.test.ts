import { describe, expect, it } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { FakeComfy } from "./fake-comfy";
import { connect, promptId } from "./quick";

const html = { body: "<!doctype html><title>Router login</title>", headers: { "content-type": "text/html" } };

describe("a server that is not as it should be", () => {
  it("is not ComfyUI when it sends a web page", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET system_stats", html);
    await expect(connect(fake).stats()).rejects.toMatchObject({
      code: "not_comfyui",
      kind: "lane",
      message: `What answers at ${fake.url} does not look like ComfyUI: it sent a web page instead of JSON.`,
      remedy: expect.stringContaining("the address of ComfyUI itself"),
    });
  });

  it.each([{ body: [] }, { body: { system: {} } }, { body: "ok" }, { status: 404, body: "no" }])(
    "is not ComfyUI when its stats are %j",
    async (reply) => {
      await using fake = await FakeComfy.start();
      fake.on("GET system_stats", reply);
      await expect(connect(fake).stats()).rejects.toMatchObject({ code: "not_comfyui" });
    },
  );

  it("is not followed when it redirects", async () => {
    await using fake = await FakeComfy.start();
    await using other = await FakeComfy.start();
    for (const door of ["GET system_stats", "POST prompt"]) {
      fake.on(door, { status: 302, headers: { location: `${other.url}/login?next=secret` } });
    }
    const client = connect(fake);
    const refused = {
      code: "refused",
      kind: "lane",
      message: expect.stringContaining(`redirects to ${other.url}/login`),
    };
    await expect(client.stats()).rejects.toMatchObject(refused);
    const session = client.openSession();
    await expect(session.submit({ graph: {}, promptId })).rejects.toMatchObject(refused);
    session.close();
    expect(other.requests).toEqual([]);
  });

  it.each([
    [401, "refused", "lane"],
    [403, "refused", "lane"],
    [500, "server_error", "transient"],
    [503, "unreachable", "lane"],
    [413, "refused", "permanent"],
  ])("answers a prompt with HTTP %i: %s, %s", async (status, code, kind) => {
    await using fake = await FakeComfy.start();
    fake.on("POST prompt", { status, body: "500 Internal Server Error" });
    const session = connect(fake).openSession();
    await expect(session.submit({ graph: {}, promptId })).rejects.toMatchObject({ code, kind });
    session.close();
  });

  it("is unreachable when nothing listens, when its name is unknown and when it says nothing", async () => {
    const gone = await FakeComfy.start();
    await gone[Symbol.asyncDispose]();
    await expect(connect(gone).stats()).rejects.toMatchObject({
      code: "unreachable",
      kind: "lane",
      message: `ComfyUI at ${gone.url} does not answer: nothing listens there.`,
    });
    await using silent = await FakeComfy.start();
    silent.on("GET system_stats", () => new Promise(() => undefined));
    const client = connect(silent, { timings: { requestTimeoutMs: 30 } });
    await expect(client.stats()).rejects.toMatchObject({ code: "unreachable", kind: "lane" });
  });

  it("is refused as an address when it is none", () => {
    for (const url of ["localhost:8188", "ftp://host", "", "comfy"]) {
      expect(() => createComfyClient({ url })).toThrow(/Expected the address of a ComfyUI server/);
    }
  });

  it("sends a history of another shape: an error, not a crash", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET history", { body: { [promptId]: "done" } });
    await expect(connect(fake).history(promptId)).rejects.toMatchObject({ code: "not_comfyui" });
  });

  it("sends more than fits: the answer is not read to its end", async () => {
    await using fake = await FakeComfy.start();
    fake.on("GET system_stats", { body: Buffer.alloc(65 * 1024 * 1024, 32) });
    await expect(connect(fake).stats()).rejects.toMatchObject({ code: "too_large" });
  });
});

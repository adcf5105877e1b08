import { describe, expect, it } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { FakeComfy } from "./fake-comfy";
import { graph, promptId, quick } from "./quick";

const other = "11111111-2222-4333-8444-555555555555";

describe("cancelling", () => {
  it("deletes a waiting prompt and interrupts nobody", async () => {
    await using fake = await FakeComfy.start();
    fake.queue.running = [other];
    fake.queue.pending = [promptId];
    await createComfyClient({ url: fake.url, timings: quick }).cancel(promptId);
    expect(fake.queue).toEqual({ running: [other], pending: [] });
    expect(fake.count("POST interrupt")).toBe(0);
  });

  it("interrupts only while the queue shows this prompt running, naming it", async () => {
    await using fake = await FakeComfy.start();
    fake.queue.running = [promptId];
    fake.queue.pending = [other];
    fake.on("POST interrupt", (request) => {
      expect(JSON.parse(String(request.body))).toEqual({ prompt_id: promptId });
      fake.queue.running = [];
      return {};
    });
    await createComfyClient({ url: fake.url, timings: quick }).cancel(promptId);
    expect(fake.queue).toEqual({ running: [], pending: [other] });
    expect(fake.count("POST interrupt")).toBe(1);
  });

  it("repeats an interrupt that the start of the prompt swallowed", async () => {
    await using fake = await FakeComfy.start();
    fake.queue.running = [promptId];
    fake.on("POST interrupt", () => {
      if (fake.count("POST interrupt") === 2) fake.queue.running = [];
      return {};
    });
    await createComfyClient({ url: fake.url, timings: quick }).cancel(promptId);
    expect(fake.count("POST interrupt")).toBe(2);
  });

  it("does not wait for a node that hears no interrupt before its end", async () => {
    await using fake = await FakeComfy.start();
    fake.queue.running = [promptId];
    fake.on("POST interrupt", {});
    await createComfyClient({ url: fake.url, timings: { ...quick, cancelVerifyMs: 30 } }).cancel(promptId);
    expect(fake.queue.running).toEqual([promptId]);
  });

  it("does nothing to a prompt that is over", async () => {
    await using fake = await FakeComfy.start();
    fake.queue.running = [other];
    await createComfyClient({ url: fake.url, timings: quick }).cancel(promptId);
    expect(fake.count("POST interrupt")).toBe(0);
  });

  it("ends the following of a deleted prompt as interrupted, not as lost", async () => {
    await using fake = await FakeComfy.start();
    fake.on("POST prompt", () => {
      fake.queue.pending.push(promptId);
      return { body: { prompt_id: promptId, number: 1 } };
    });
    const client = createComfyClient({ url: fake.url, timings: quick });
    const session = client.openSession();
    await session.submit({ graph, promptId });
    const following = session.follow({ promptId, graph, outputNodeId: "9" });
    await client.cancel(promptId);
    expect(await following).toEqual({ kind: "interrupted" });
    session.close();
  });
});

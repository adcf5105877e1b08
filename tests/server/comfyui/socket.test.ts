import { describe, expect, it } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { FakeComfy } from "./fake-comfy";
import { graph, promptId, quick, success } from "./quick";

describe("a session's socket", () => {
  it("comes back under a new client id each time", async () => {
    await using fake = await FakeComfy.start();
    const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
    for (const times of [1, 2, 3]) {
      await fake.until(() => fake.ears.length === times);
      fake.ears.at(-1)?.socket.terminate();
    }
    await fake.until(() => fake.ears.length === 4);
    session.close();
    expect(new Set(fake.ears.map((ear) => ear.clientId)).size).toBe(4);
  });

  it("is given up when the server does not even answer pings", async () => {
    await using fake = await FakeComfy.start({ autoPong: false });
    const session = createComfyClient({
      url: fake.url,
      timings: { ...quick, pingMs: 5, deadSocketMs: 20 },
    }).openSession();
    await fake.until(() => fake.ears.length === 2);
    session.close();
    expect(fake.ears[0]?.socket.readyState).not.toBe(fake.ears[0]?.socket.OPEN);
  });

  it("carries the headers of the settings and no Origin, below a base path", async () => {
    await using fake = await FakeComfy.start();
    const headers = { Authorization: "Bearer secret", "X-Team": "art" };
    const client = createComfyClient({ url: `${fake.url}/comfy/`, headers, timings: quick });
    const session = client.openSession();
    await fake.until(() => fake.ears.length === 1);
    session.close();
    await client.queue().catch(() => undefined);
    expect(fake.requests[0]?.path).toBe("comfy/queue");
    for (const sent of [fake.ears[0]?.headers, fake.requests[0]?.headers]) {
      expect(sent).toMatchObject({ authorization: "Bearer secret", "x-team": "art" });
      expect(sent).not.toHaveProperty("origin");
    }
    expect(fake.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("gives each lane a connection of its own", async () => {
    await using fake = await FakeComfy.start();
    const client = createComfyClient({ url: fake.url, timings: quick });
    const lanes = [client.openSession(), client.openSession()];
    await fake.until(() => fake.ears.length === 2);
    for (const lane of lanes) lane.close();
    expect(fake.ears[0]?.clientId).not.toBe(fake.ears[1]?.clientId);
  });

  it("stays closed once closed", async () => {
    await using fake = await FakeComfy.start();
    const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
    await fake.until(() => fake.ears.length === 1);
    session.close();
    await fake.until(() => fake.ears[0]?.socket.readyState === 3);
    const other = createComfyClient({ url: fake.url, timings: quick }).openSession();
    await fake.until(() => fake.ears.length === 2);
    other.close();
    expect(fake.ears).toHaveLength(2);
  });

  it("is not shaken by unknown, malformed and foreign messages", async () => {
    await using fake = await FakeComfy.start();
    const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
    await session.submit({ graph, promptId });
    const steps: string[] = [];
    const previews: { bytes: Uint8Array; mime: string }[] = [];
    const following = session.follow({
      promptId,
      graph,
      outputNodeId: "9",
      onProgress: ({ step }) => steps.push(step),
      onPreview: (preview) => previews.push(preview),
    });
    const odd = [
      "not json",
      "",
      "[]",
      "null",
      '{"type":"crystools.monitor","data":{"cpu":NaN}}',
      '{"type":"progress","data":{"node":"3","value":"many","max":8}}',
      { type: "progress", data: { node: "3", value: 7, max: 8, prompt_id: "somebody else's" } },
      { type: "executing", data: { node: null } },
      Buffer.alloc(0),
      Buffer.from([0, 0, 0, 3, 0, 0, 0, 1, 65]),
      Buffer.from([0, 0, 0, 4, 255, 255, 255, 255, 1, 2, 3, 4]),
      Buffer.alloc(64, 9),
    ];
    for (const one of odd) fake.send(one);
    fake.send({ type: "progress", data: { node: "3", value: 3, max: 8, prompt_id: promptId } });
    fake.send(Buffer.from([0, 0, 0, 1, 0, 0, 0, 2, 7, 8, 9]));
    await fake.flush();
    fake.finish(promptId, success("a.png"));
    fake.send({ type: "execution_success", data: { prompt_id: promptId } });
    expect(await following).toMatchObject({ kind: "finished" });
    session.close();
    expect(steps).toContain("sampling 3/8");
    expect(steps).not.toContain("sampling 7/8");
    expect(previews).toEqual([{ bytes: new Uint8Array([7, 8, 9]), mime: "image/png" }]);
  });
});

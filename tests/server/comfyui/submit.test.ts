import { describe, expect, it } from "vitest";
import { FakeComfy } from "./fake-comfy";
import { finished, openLane } from "./lane";
import { graph, promptId, success } from "./quick";

describe("submitting", () => {
  it("opens the socket, says what it can read and only then posts", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session } = lane;
    let before: { sockets: number; first: string | undefined } | undefined;
    fake.on("POST prompt", async (request) => {
      await fake.until(() => (fake.ears[0]?.received.length ?? 0) > 0);
      before = { sockets: fake.ears.length, first: fake.ears[0]?.received[0] };
      const body = JSON.parse(String(request.body)) as Record<string, unknown>;
      expect(body).toEqual({
        prompt: graph,
        client_id: fake.ears[0]?.clientId,
        prompt_id: promptId,
        extra_data: { preview_method: "auto", extra_pnginfo: { workflow: { nodes: [] } } },
      });
      return { body: { prompt_id: promptId, number: 1, node_errors: {} } };
    });
    await session.submit({ graph, promptId, workflow: { nodes: [] } });
    expect(before?.sockets).toBe(1);
    expect(JSON.parse(before?.first ?? "")).toEqual({
      type: "feature_flags",
      data: { supports_preview_metadata: true },
    });
  });

  it("holds the post back while the socket is still opening", async () => {
    await using fake = await FakeComfy.start();
    let release: () => void = () => undefined;
    fake.gate = new Promise((resolve) => (release = resolve));
    using lane = openLane(fake, { socketOpenMs: 10_000 });
    const { client, session } = lane;
    const submitting = session.submit({ graph, promptId });
    await client.queue();
    expect(fake.count("POST prompt")).toBe(0);
    release();
    await submitting;
    expect(fake.ears).toHaveLength(1);
  });

  it("posts without a socket when it does not open in time, and settles all the same", async () => {
    await using fake = await FakeComfy.start();
    fake.gate = new Promise(() => undefined);
    using lane = openLane(fake, { socketOpenMs: 20 });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    fake.finish(promptId, success("a.png"));
    expect(await follow()).toEqual(finished("a.png"));
  });

  it("takes an answer with node errors for a refusal and takes the prompt back", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session } = lane;
    const node = {
      class_type: "UNETLoader",
      errors: [notInList("unet_name", "gone.safetensors")],
      dependent_outputs: [],
    };
    fake.on("POST prompt", () => {
      fake.queue.pending.push(promptId);
      return { body: { prompt_id: promptId, number: 1, node_errors: { "1": node } } };
    });
    await expect(session.submit({ graph, promptId })).rejects.toMatchObject({
      code: "missing_file",
      kind: "permanent",
      field: "unet_name",
    });
    expect(fake.queue.pending).toEqual([]);
  });

  it("hears a prompt whose id an old server chose, from its first message", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, progress } = lane;
    fake.on("POST prompt", async () => {
      fake.send({ type: "execution_start", data: { prompt_id: "theirs" } });
      fake.send({ type: "progress", data: { prompt_id: "theirs", node: "3", value: 5, max: 8 } });
      await fake.flush();
      return { body: { prompt_id: "theirs", number: 1 } };
    });
    const submitted = await session.submit({ graph, promptId });
    expect(submitted).toEqual({ promptId: "theirs" });
    fake.finish("theirs", success("theirs.png"));
    const outcome = await session.follow({
      ...submitted,
      graph,
      outputNodeId: "9",
      onProgress: (one) => progress.push(one),
    });
    expect(outcome).toEqual(finished("theirs.png"));
    expect(progress[0]?.step).toBe("sampling 5/8");
  });
});

function notInList(input: string, value: string): object {
  return {
    type: "value_not_in_list",
    message: "",
    details: "",
    extra_info: { input_name: input, received_value: value },
  };
}

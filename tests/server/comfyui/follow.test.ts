import { describe, expect, it } from "vitest";
import { FakeComfy } from "./fake-comfy";
import { finished, message, openLane } from "./lane";
import { graph, promptId, success } from "./quick";

describe("following", () => {
  it("settles through history when the socket stays silent", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    await fake.until(() => fake.count("GET history") > 3);
    fake.finish(promptId, success("a.png"));
    expect(await following).toEqual(finished("a.png"));
  });

  it("asks at once when a message says that it is over, and again until history knows", async () => {
    await using fake = await FakeComfy.start();
    const hour = 3_600_000;
    using lane = openLane(fake, {
      pollLivelyMs: hour,
      pollSilentMs: hour,
      settleRetryMs: [1, 1, 1, 1, 1, 1],
    });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    let asked = 0;
    fake.on("GET history", () => ({ body: ++asked < 4 ? {} : { [promptId]: success("a.png") } }));
    fake.send(message("execution_success"));
    expect(await following).toEqual(finished("a.png"));
  });

  it("hears of the end after a reconnect through the status that goes to everybody", async () => {
    await using fake = await FakeComfy.start();
    const hour = 3_600_000;
    using lane = openLane(fake, { pollSilentMs: hour, pollLivelyMs: hour });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    fake.ears[0]?.socket.terminate();
    await fake.until(() => fake.ears.length === 2 && fake.count("GET queue") > 0);
    fake.finish(promptId, success("a.png"));
    fake.send({ type: "status", data: { status: { exec_info: { queue_remaining: 0 } } } });
    expect(await following).toEqual(finished("a.png"));
  });

  it("believes history and not the file that a message names", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const images = [{ filename: "earlier.png", subfolder: "", type: "output" }];
    fake.send(message("executed", { node: "9", output: { images } }));
    fake.finish(promptId, success("real.png"));
    expect(await follow()).toEqual(finished("real.png"));
  });

  it.each([
    ["the picture", "execution_success", {}, finished("a.png")],
    [
      "the error",
      "execution_error",
      { exception_type: "torch.OutOfMemoryError", exception_message: "Allocation on device" },
      { kind: "failed", error: expect.objectContaining({ code: "out_of_memory" }) as unknown },
    ],
    ["that it was stopped", "execution_interrupted", {}, { kind: "interrupted" }],
  ])("believes the messages where somebody has cleared the history: %s", async (_, type, data, outcome) => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { settleRetryMs: [1] });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    const images = [{ filename: "a.png", subfolder: "", type: "output" }];
    fake.queue.running = [];
    fake.send(message("executed", { node: "9", display_node: "9", output: { images } }));
    fake.send(message(type, data));
    fake.send(message("executing", { node: null }));
    expect(await following).toEqual(outcome);
  });

  it("says lost of a picture that was made by a server that died before it was asked for it", async () => {
    await using fake = await FakeComfy.start();
    const hour = 3_600_000;
    using lane = openLane(fake, { settleRetryMs: [hour], pollLivelyMs: hour, pollSilentMs: hour });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    const images = [{ filename: "a.png", subfolder: "", type: "output" }];
    fake.send(message("executed", { node: "9", output: { images } }));
    fake.send(message("execution_success"));
    fake.queue.running = [];
    fake.ears[0]?.socket.terminate();
    await fake.until(() => fake.ears.length === 2);
    fake.send({ type: "status", data: { status: { exec_info: { queue_remaining: 0 } } } });
    expect(await following).toEqual({ kind: "lost", wasUnreachable: true });
  });

  it("tells of a prompt that somebody took out of the queue while it waited behind others", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    fake.queue.running = ["another"];
    fake.queue.pending = [promptId];
    const following = follow();
    await fake.until(() => fake.count("GET queue") > 1);
    fake.queue.pending = [];
    expect(await following).toEqual({ kind: "removed" });
  });

  it("says lost when a restarted server knows nothing of the prompt", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    await fake.until(() => fake.count("GET history") > 1);
    fake.queue.running = [];
    expect(await following).toEqual({ kind: "lost", wasUnreachable: false });
  });

  it("tells of a lost prompt that the server had died over it", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { graceMs: 60_000 });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    fake.on("GET history", () => {
      fake.handlers.delete("GET history");
      fake.queue.running = [];
      return { status: 502, body: "Bad Gateway" };
    });
    expect(await follow()).toEqual({ kind: "lost", wasUnreachable: true });
  });

  it("does not say lost when the prompt ended between the two questions", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { follow } = lane;
    fake.on("GET queue", () => {
      fake.history.set(promptId, success("a.png"));
      return { body: { queue_running: [], queue_pending: [] } };
    });
    expect(await follow()).toEqual(finished("a.png"));
  });

  it("resumes a prompt that an earlier process submitted", async () => {
    await using fake = await FakeComfy.start();
    fake.history.set(promptId, success("a.png"));
    using lane = openLane(fake);
    const { follow } = lane;
    expect(await follow()).toEqual(finished("a.png"));
    expect(fake.count("POST prompt")).toBe(0);
  });

  it("waits out a blip and says that it does", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { graceMs: 60_000 });
    const { session, follow, steps } = lane;
    await session.submit({ graph, promptId });
    let failures = 0;
    fake.on("GET history", () => {
      if (++failures > 3) fake.handlers.delete("GET history");
      return { status: 502, body: "<html>Bad Gateway</html>" };
    });
    const following = follow();
    await fake.until(() => failures > 3);
    fake.finish(promptId, success("a.png"));
    expect(await following).toEqual(finished("a.png"));
    expect(steps()).toContain("ComfyUI does not answer, waiting");
  });

  it("gives up on a server that stays away for longer than the grace: the lane's trouble", async () => {
    const fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow, steps } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    await fake[Symbol.asyncDispose]();
    await expect(following).rejects.toMatchObject({ code: "unreachable", kind: "lane" });
    expect(steps()).toContain("ComfyUI does not answer, waiting");
  });

  it("fails a running prompt that shows no sign of life, but not one that waits behind others", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, {
      stallDeafMs: 60,
      stallSamplingMs: 60,
      stallLoadingMs: 60,
      livelyMs: 10,
    });
    const { session, follow } = lane;
    fake.on("POST prompt", () => {
      fake.queue.pending.push(promptId);
      return { body: { prompt_id: promptId, number: 1 } };
    });
    await session.submit({ graph, promptId });
    let hasSettled = false;
    const following = follow().finally(() => (hasSettled = true));
    const start = performance.now();
    await fake.until(() => performance.now() - start > 120);
    expect(hasSettled).toBe(false);
    fake.queue.pending = [];
    fake.queue.running = [promptId];
    expect(await following).toMatchObject({ kind: "failed", error: { code: "stalled", kind: "transient" } });
  });

  it("gives a loading model longer than a sampler", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { stallSamplingMs: 30, stallLoadingMs: 3_600_000, livelyMs: 5 });
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const following = follow();
    fake.send(message("execution_start"));
    fake.send(message("executing", { node: "1" }));
    const start = performance.now();
    await fake.until(() => performance.now() - start > 90);
    fake.send(message("progress", { node: "3", value: 2, max: 8 }));
    expect(await following).toMatchObject({ kind: "failed", error: { code: "stalled" } });
  });

  it("ends with the signal's reason when aborted, and leaves the prompt running", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    const abort = new AbortController();
    const following = follow(abort.signal);
    abort.abort(new Error("no longer wanted"));
    await expect(following).rejects.toThrow("no longer wanted");
    expect(fake.queue.running).toEqual([promptId]);
    expect(fake.count("POST interrupt")).toBe(0);
  });

  it("calls success without a picture a transient failure", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session, follow } = lane;
    await session.submit({ graph, promptId });
    fake.finish(promptId, { outputs: {}, status: { status_str: "success", completed: true, messages: [] } });
    expect(await follow()).toMatchObject({ kind: "failed", error: { code: "no_output", kind: "transient" } });
  });

  it("goes on hearing after a listener threw", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake);
    const { session } = lane;
    await session.submit({ graph, promptId });
    let calls = 0;
    const following = session.follow({
      promptId,
      graph,
      outputNodeId: "9",
      onProgress() {
        calls += 1;
        throw new Error("listener");
      },
    });
    fake.send(message("progress", { node: "3", value: 2, max: 8 }));
    await fake.flush();
    fake.finish(promptId, success("a.png"));
    fake.send(message("execution_success"));
    expect(await following).toEqual(finished("a.png"));
    expect(calls).toBeGreaterThan(1);
  });
});

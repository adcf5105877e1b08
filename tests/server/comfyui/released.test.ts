import { describe, expect, it } from "vitest";
import { FakeComfy } from "./fake-comfy";
import { finished, message, openLane } from "./lane";
import { graph, promptId, success } from "./quick";

const hour = 3_600_000;
/** Nothing is asked unless a message says so. */
const onlyTold = { pollLivelyMs: hour, pollSilentMs: hour };

/** Follows the one prompt and counts how often its release was told. */
function followReleased(lane: ReturnType<typeof openLane>, mayAsk: Promise<void> = Promise.resolve()) {
  const first = Promise.withResolvers<void>();
  const told = { times: 0, first: first.promise };
  const outcome = lane.session.follow({
    promptId,
    graph,
    outputNodeId: "9",
    onReleased: () => {
      told.times += 1;
      first.resolve();
      return mayAsk;
    },
  });
  return { outcome, told };
}

describe("a prompt that ComfyUI is done with", () => {
  it("is told once when the last message of a success has come, and history is asked after the answer", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { ...onlyTold, settleRetryMs: [hour] });
    await lane.session.submit({ graph, promptId });
    const mayAsk = Promise.withResolvers<void>();
    const { outcome, told } = followReleased(lane, mayAsk.promise);
    fake.finish(promptId, success("a.png"));
    fake.send(message("execution_success"));
    fake.send(message("executing", { node: null }));
    await told.first;
    expect(fake.count("GET history")).toBe(0);
    mayAsk.resolve();
    expect(await outcome).toEqual(finished("a.png"));
    expect(told.times).toBe(1);
  });

  it("is told also where the messages came before it was followed", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { ...onlyTold, settleRetryMs: [hour] });
    await lane.session.submit({ graph, promptId });
    fake.finish(promptId, success("a.png"));
    fake.send(message("execution_success"));
    fake.send(message("executing", { node: null }));
    const { outcome, told } = followReleased(lane);
    expect(await outcome).toEqual(finished("a.png"));
    expect(told.times).toBe(1);
  });

  it("is settled without being told where the last message stays away", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, { ...onlyTold, settleRetryMs: [1] });
    await lane.session.submit({ graph, promptId });
    const { outcome, told } = followReleased(lane);
    fake.finish(promptId, success("a.png"));
    fake.send(message("execution_success"));
    expect(await outcome).toEqual(finished("a.png"));
    expect(told.times).toBe(0);
  });

  it("is not told after a failure: that is looked into first", async () => {
    await using fake = await FakeComfy.start();
    using lane = openLane(fake, onlyTold);
    await lane.session.submit({ graph, promptId });
    const { outcome, told } = followReleased(lane);
    const status = { status_str: "error", completed: false, messages: [["execution_interrupted", {}]] };
    fake.finish(promptId, { prompt: [], outputs: {}, status, meta: {} });
    fake.send(message("execution_interrupted"));
    fake.send(message("executing", { node: null }));
    expect(await outcome).toEqual({ kind: "interrupted" });
    expect(told.times).toBe(0);
  });
});

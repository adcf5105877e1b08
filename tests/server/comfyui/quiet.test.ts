import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import type { SessionListener } from "@/server/comfyui/comfy-session";
import type { Quiet } from "@/server/comfyui/stall-limits";
import { FakeComfy } from "./fake-comfy";
import { finished, message } from "./lane";
import { graph, promptId, quick, success } from "./quick";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const seconds = ({ loading, sampling }: Quiet = {}) =>
  [loading, sampling].map((ms) => Math.floor((ms ?? 0) / 1_000));

/** How much later it is than it should be, in ms. */
let leapt = 0;

/** A session on a fake server, and a clock that leaps ahead; waits go on in real time. */
async function listen(listener: SessionListener = {}) {
  await using started = new AsyncDisposableStack();
  const fake = started.use(await FakeComfy.start());
  const session = createComfyClient({ url: fake.url, timings: quick }).openSession(listener);
  started.defer(() => session.close());
  await session.submit({ graph, promptId });
  const hear = async (...messages: object[]) => {
    for (const one of messages) fake.send(one);
    await fake.flush();
  };
  const pass = (ms: number) => void (leapt += ms);
  const follow = (stalls = 0) => session.follow({ promptId, graph, outputNodeId: "9", stalls });
  const all = started.move();
  return { fake, session, hear, pass, follow, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const begin = [message("execution_start"), message("executing", { node: "1" })];
const step = (value: number) => message("progress", { node: "3", value, max: 8 });

beforeEach(() => {
  const real = Date.now;
  leapt = 0;
  vi.spyOn(Date, "now").mockImplementation(() => real() + leapt);
});
afterEach(() => void vi.restoreAllMocks());

describe("a server's silences about a prompt", () => {
  it("are told once it came to its end well, the longest of loading and of sampling", async () => {
    const told: Quiet[] = [];
    await using lane = await listen({ onQuiet: (longest) => told.push(longest) });
    await lane.hear(...begin);
    lane.pass(90_000);
    await lane.hear(step(1));
    for (const [value, ms] of [2_000, 7_000, 3_000].entries()) {
      lane.pass(ms);
      await lane.hear(step(value + 2));
    }
    expect(told).toEqual([]);
    lane.fake.finish(promptId, success("a.png"));
    await lane.follow();
    expect(told).toHaveLength(1);
    expect(seconds(told[0])).toEqual([90, 7]);
  });

  it("are not told of one that failed, nor of a time in which the connection was another one", async () => {
    const told: Quiet[] = [];
    await using lane = await listen({ onQuiet: (longest) => told.push(longest) });
    await lane.hear(...begin, step(1));
    lane.fake.ears[0]?.socket.terminate();
    await lane.fake.until(() => lane.fake.ears.length === 2);
    lane.pass(5 * MINUTE);
    await lane.hear(step(2));
    lane.pass(3_000);
    await lane.hear(step(3));
    lane.fake.finish(promptId, success("a.png"));
    await lane.follow();
    expect(told.map(seconds)).toEqual([[0, 3]]);

    await lane.session.submit({ graph, promptId });
    await lane.hear(...begin, step(1));
    lane.pass(MINUTE);
    await lane.hear(step(2));
    const status = { status_str: "error", completed: false, messages: [["execution_error", {}]] };
    lane.fake.finish(promptId, { prompt: [], outputs: {}, status, meta: {} });
    expect(await lane.follow()).toMatchObject({ kind: "failed" });
    expect(told).toHaveLength(1);
  });

  it("make the limit of the next one: a quick server's hang is a stall after minutes, and a second attempt waits longer", async () => {
    await using lane = await listen();
    lane.session.remember({ loading: 20_000, sampling: 1_000 });
    await lane.hear(...begin, step(1));
    const first = lane.follow();
    // In steps, as time passes: one long leap is a sleep of the machine.
    const passes = async (minutes: number) => {
      for (let third = 0; third < 3 * minutes; third += 1) {
        lane.pass(MINUTE / 3);
        const asked = lane.fake.count("GET queue");
        await lane.fake.until(() => lane.fake.count("GET queue") > asked);
      }
    };
    await passes(5 / 3);
    lane.pass(MINUTE / 3);
    expect(await first).toMatchObject({
      kind: "failed",
      error: { code: "stalled", message: expect.stringContaining("no progress with this picture for 2 min") },
    });
    lane.fake.queue.running = [];
    await lane.session.submit({ graph, promptId });
    await lane.hear(...begin, step(1));
    const second = lane.follow(1);
    await passes(12);
    lane.fake.finish(promptId, success("a.png"));
    expect(await second).toEqual(finished("a.png"));
  });

  it("do not count while this machine sleeps", async () => {
    await using lane = await listen();
    await lane.hear(...begin, step(1));
    const following = lane.follow();
    await lane.fake.until(() => lane.fake.count("GET history") > 2);
    lane.pass(8 * HOUR);
    const before = lane.fake.count("GET queue");
    await lane.fake.until(() => lane.fake.count("GET queue") > before + 2);
    lane.fake.finish(promptId, success("a.png"));
    expect(await following).toEqual(finished("a.png"));
  });
});

describe("a session", () => {
  it("tells each time its socket is open again, not the first time", async () => {
    let times = 0;
    await using lane = await listen({ onReconnected: () => (times += 1) });
    expect(times).toBe(0);
    for (const n of [1, 2]) {
      lane.fake.ears.at(-1)?.socket.terminate();
      await lane.fake.until(() => lane.fake.ears.length === n + 1);
      await lane.fake.until(() => lane.fake.ears[n]!.received.length > 0);
      expect(times).toBe(n);
    }
  });
});

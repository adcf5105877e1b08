import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { Ear, get, historyOf, post, submit, textToImage, trace } from "./ear";

let demo: DemoComfyUI;
beforeEach(async () => {
  demo = await startDemoComfyUI({ stepMs: 0, paint: false });
});
afterEach(() => demo.close());

interface Queue {
  queue_running: [number, string][];
  queue_pending: [number, string][];
}
const queue = async () => {
  const { queue_running: running, queue_pending: pending } = await get<Queue>(demo, "/queue");
  return { running: running.map(([, id]) => id), pending: pending.map(([, id]) => id) };
};

describe("the queue", () => {
  test("runs one prompt at a time, in order, those for the front first", async () => {
    demo.pause();
    const first = await submit(demo, textToImage({ seed: 1 }));
    await demo.waitFor("started");
    const second = await submit(demo, textToImage({ seed: 2 }));
    const front = await submit(demo, textToImage({ seed: 3 }), { front: true });
    expect(await queue()).toEqual({ running: [first], pending: [front, second] });
    demo.release();
    await demo.waitFor("finished", 3);
    expect(
      (await Promise.all([1, 2, 3].map((n) => demo.waitFor("started", n)))).map((it) => it.promptId),
    ).toEqual([first, front, second]);
    const times = demo.prompts
      .map(({ startedAt, endedAt }) => [startedAt ?? 0, endedAt ?? 0])
      .sort(([a = 0], [b = 0]) => a - b);
    expect(times.every(([start = 0], i) => i === 0 || start >= (times[i - 1]?.[1] ?? 0))).toBe(true);
    expect(demo.maxPending).toBe(3);
  });

  test("tells status to every client and all else only to the one that submitted", async () => {
    const other = await Ear.open(demo, "other");
    const mine = await Ear.open(demo, "me");
    await submit(demo, textToImage());
    await mine.over();
    await other.until((heard) => heard.length >= 4);
    expect(new Set(other.heard.map(({ type }) => type))).toEqual(new Set(["status"]));
  });

  test("forgets a waiting prompt that is deleted, and deleting it again changes nothing", async () => {
    demo.pause();
    const running = await submit(demo, textToImage({ seed: 1 }));
    const waiting = await submit(demo, textToImage({ seed: 2 }));
    await demo.waitFor("started");
    for (let i = 0; i < 2; i += 1)
      expect((await post(demo, "/queue", { delete: [waiting, running] })).status).toBe(200);
    expect(await queue()).toEqual({ running: [running], pending: [] });
    demo.release();
    await demo.waitFor("finished");
    expect(await historyOf(demo, waiting)).toBeUndefined();
    expect(await historyOf(demo, running)).toMatchObject({ status: { completed: true } });
  });

  test("clears all that waits at once", async () => {
    demo.pause();
    const ids = [await submit(demo, textToImage({ seed: 1 })), await submit(demo, textToImage({ seed: 2 }))];
    await demo.waitFor("started");
    await post(demo, "/queue", { clear: true });
    expect(await queue()).toEqual({ running: [ids[0]], pending: [] });
  });
});

describe("an interrupt", () => {
  test("tells and leaves what the recorded one did, and the next prompt runs", async () => {
    const ear = await Ear.open(demo, "me");
    demo.pause(1);
    const stopped = await submit(demo, textToImage({ seed: 1 }));
    const next = await submit(demo, textToImage({ seed: 2, steps: 1 }));
    await demo.waitFor("sampling");
    await post(demo, "/interrupt", { prompt_id: stopped });
    await ear.until((heard) => heard.filter(({ type }) => type === "execution_start").length === 2);
    const lines = ear.story();
    const at = lines.findIndex((line) => line.startsWith("execution_interrupted"));
    expect(lines.slice(at, at + 5)).toEqual([
      `execution_interrupted 57:3 ${JSON.stringify(["57:29", "57:13", "57:30", "57:27", "57:33", "57:28", "57:11"])}`,
      'status {"exec_info":{"queue_remaining":1}}',
      "executing null",
      'status {"exec_info":{"queue_remaining":1}}',
      "execution_start",
    ]);
    const recorded = trace("interrupt-and-delete").messages.find(
      ({ type }) => type === "execution_interrupted",
    );
    const ours = ear.heard.find(({ type }) => type === "execution_interrupted");
    expect(Object.keys(ours?.data ?? {})).toEqual(Object.keys(recorded?.data ?? {}));
    expect(await historyOf(demo, stopped)).toMatchObject({
      status: { status_str: "error", completed: false },
      outputs: {},
    });
    demo.release();
    await demo.waitFor("finished", 2);
    expect(await historyOf(demo, next)).toMatchObject({ status: { completed: true } });
    expect(demo.interrupts).toEqual([stopped]);
  });

  test("for a prompt that does not run touches nobody else", async () => {
    demo.pause();
    const running = await submit(demo, textToImage({ seed: 1 }));
    await demo.waitFor("started");
    const waiting = await submit(demo, textToImage({ seed: 2 }));
    expect((await post(demo, "/interrupt", { prompt_id: waiting })).status).toBe(200);
    expect(await queue()).toEqual({ running: [running], pending: [waiting] });
    expect(demo.interrupts).toEqual([]);
  });

  test("without an id hits whatever runs", async () => {
    demo.pause();
    const running = await submit(demo, textToImage());
    await demo.waitFor("started");
    await post(demo, "/interrupt", "");
    await demo.waitFor("finished");
    expect(demo.interrupts).toEqual([running]);
  });
});

describe("/api/jobs", () => {
  test("follows a job from waiting to its picture", async () => {
    const status = async (id: string) => (await get<{ status?: string }>(demo, `/api/jobs/${id}`)).status;
    demo.pause();
    const first = await submit(demo, textToImage({ seed: 1 }));
    const second = await submit(demo, textToImage({ seed: 2 }));
    await demo.waitFor("started");
    expect([await status(first), await status(second)]).toEqual(["in_progress", "pending"]);
    demo.release();
    await demo.waitFor("finished", 2);
    expect(await status(second)).toBe("completed");
    expect((await fetch(`${demo.url}/api/jobs/unknown`)).status).toBe(404);
    expect((await fetch(`${demo.url}/jobs/${first}`)).status).toBe(404);
  });

  test("cancels what waits and what runs, and says whether it did", async () => {
    const cancel = async (id: string) =>
      JSON.parse((await post(demo, `/api/jobs/${id}/cancel`, "")).body) as unknown;
    demo.pause();
    const running = await submit(demo, textToImage({ seed: 1 }));
    const waiting = await submit(demo, textToImage({ seed: 2 }));
    await demo.waitFor("started");
    expect(await cancel(waiting)).toEqual({ cancelled: true });
    expect(await cancel(running)).toEqual({ cancelled: true });
    await demo.waitFor("finished");
    expect(await cancel(running)).toEqual({ cancelled: false });
    expect(await get(demo, `/api/jobs/${running}`)).toMatchObject({ status: "cancelled" });
  });

  test("are not there on an older server, which also gives ids of its own", async () => {
    const old = await startDemoComfyUI({ stepMs: 0, paint: false, isOld: true });
    const wished = "7941a433-0735-4738-b0a2-ff737ab273b2";
    const given = await submit(old, textToImage(), { prompt_id: wished });
    expect(given).not.toBe(wished);
    expect((await fetch(`${old.url}/api/jobs/${given}`)).status).toBe(404);
    await old.close();
  });
});

describe("a second socket of the same client id", () => {
  test("is told what runs, and goes deaf when the first one closes", async () => {
    const first = await Ear.open(demo, "me");
    demo.pause(1);
    await submit(demo, textToImage());
    await demo.waitFor("sampling");
    const second = await Ear.open(demo, "me");
    await second.until((heard) => heard.length >= 2);
    expect(second.heard[1]).toEqual({ type: "executing", data: { node: "57:3" } });

    const gone = first.closed();
    first.socket.close();
    await gone;
    const witness = await Ear.open(demo, "witness");
    demo.release();
    await demo.waitFor("finished");
    await witness.until((heard) => heard.length >= 2);
    expect(second.heard).toHaveLength(2);
    expect(second.socket.readyState).toBe(second.socket.OPEN);
  });
});

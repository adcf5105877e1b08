import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ProjectEvent } from "@/lib/schemas/events";
import { EventHub } from "@/server/events/event-hub";
import { openTestDatabase } from "../../support/test-database";
import { job, queue, sentence } from "./sample-events";

describe("a job's progress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const listen = (hub: EventHub, projectId = "p") => {
    const heard: ProjectEvent[] = [];
    hub.logOf(projectId).listen(({ event }) => heard.push(event));
    return heard;
  };
  const progressOf = (events: ProjectEvent[]) =>
    events.map((event) => (event.type === "job" ? event.job.progress : event.type));

  test("is told at once, then at most every 50 ms, the newest each time", async () => {
    const hub = new EventHub();
    const heard = listen(hub);
    for (let progress = 0; progress <= 20; progress += 1) {
      hub.publishJob(job({ progress }));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1_000);
    expect(progressOf(heard)).toEqual([0, 4, 9, 14, 19, 20]);
    await hub.close();
  });

  test("does not hold back another job's", async () => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ progress: 1 }));
    hub.publishJob(job({ id: "job-2", progress: 2 }));
    expect(progressOf(heard)).toEqual([1, 2]);
    await hub.close();
  });

  test("is told at once again after a rest", async () => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ progress: 1 }));
    vi.advanceTimersByTime(60);
    hub.publishJob(job({ progress: 2 }));
    expect(progressOf(heard)).toEqual([1, 2]);
    await hub.close();
  });

  test("that waits is dropped once its sentence shows another job or none", async () => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ progress: 1 }));
    hub.publishJob(job({ progress: 2 }));
    hub.publish("p", sentence({ job: job({ id: "job-2" }) }));
    vi.advanceTimersByTime(200);
    expect(progressOf(heard)).toEqual([1, "sentence"]);
    hub.publishJob(job({ progress: 3 }));
    hub.publishJob(job({ progress: 4 }));
    hub.publish("p", sentence({ job: job() }));
    vi.advanceTimersByTime(200);
    expect(progressOf(heard)).toEqual([1, "sentence", 3, "sentence", 4]);
    await hub.close();
  });

  test.each([
    ["stands in line again", { status: "queued" }],
    ["is being cancelled", { isCancelling: true }],
    ["is tried again", { attempt: job().attempt + 1 }],
  ] as const)("that waits is dropped once the sentence says that the job %s", async (_, now) => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ progress: 1 }));
    hub.publishJob(job({ progress: 2 }));
    hub.publish("p", sentence({ job: job(now) }));
    vi.advanceTimersByTime(200);
    expect(progressOf(heard)).toEqual([1, "sentence"]);
    await hub.close();
  });

  test("that waits is never told after the end", async () => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ progress: 1 }));
    hub.publishJob(job({ progress: 2 }));
    await hub.close();
    vi.advanceTimersByTime(1_000);
    expect(progressOf(heard)).toEqual([1]);
  });

  test("of a test run, which has no project, is told to nobody", () => {
    const hub = new EventHub();
    const heard = listen(hub);
    hub.publishJob(job({ projectId: null }));
    expect(heard).toEqual([]);
  });
});

describe("a project's log", () => {
  test("knows what came after an id, and says where it no longer does", () => {
    const hub = new EventHub();
    const log = hub.logOf("p");
    const start = hub.seq;
    hub.publish("p", queue(1));
    hub.publish("other", queue(2));
    hub.publish("p", queue(3));
    expect(log.after(start)?.map((one) => one.event)).toEqual([queue(1), queue(3)]);
    expect(log.after(start + 1)?.map((one) => one.event)).toEqual([queue(3)]);
    for (let index = 0; index < 3_000; index += 1) hub.publish("p", queue(index));
    expect(log.after(start)).toBeNull();
    expect(log.after(hub.seq - 1)?.map((one) => one.event)).toEqual([queue(2_999)]);
  });

  test("keeps what is told to all projects also while nobody follows it", () => {
    const hub = new EventHub();
    hub.publish("p", queue(1));
    const seen = hub.seq;
    hub.publish(null, queue(2));
    expect(
      hub
        .logOf("p")
        .after(seen)
        ?.map((one) => one.event),
    ).toEqual([queue(2)]);
  });

  test("is kept for 100 projects, and for all that are followed", () => {
    const hub = new EventHub();
    const followed = hub.logOf("followed");
    followed.listen(() => {});
    hub.publish("left", queue(0));
    const seen = hub.seq;
    for (let index = 0; index < 200; index += 1) hub.publish(`p-${index}`, queue(index));
    expect(hub.logOf("followed")).toBe(followed);
    expect(hub.logOf("left").after(seen)).toBeNull();
  });

  test("has ids that another life of the server does not know", () => {
    const [one, two] = [new EventHub(), new EventHub()];
    one.publish("p", queue(1));
    const id = one.idOf(one.seq);
    expect(one.seqOf(id)).toBe(one.seq);
    expect(two.seqOf(id)).toBeNull();
    for (const odd of [
      null,
      undefined,
      "",
      "1",
      `${id}x`,
      id.replace(/\d+$/, ""),
      id.replace(/\d+$/, "-1"),
      `${id.split(".")[0]}.1e5`,
    ])
      expect(one.seqOf(odd)).toBeNull();
  });
});

describe("what is read and then told", () => {
  test("has its turn after what began earlier, also after what failed", async () => {
    const hub = new EventHub();
    const slow = Promise.withResolvers<void>();
    const told: string[] = [];
    const first = hub.inTurn(async () => {
      await slow.promise;
      told.push("read earlier");
    });
    const second = hub.inTurn(async () => Promise.reject(new Error("gone")));
    const third = hub.inTurn(async () => void told.push("read later"));
    slow.resolve();
    await first;
    await expect(second).rejects.toThrow("gone");
    await third;
    expect(told).toEqual(["read earlier", "read later"]);
  });
});

describe("another process on the same database", () => {
  const isPostgres = process.env["TEST_DATABASE"] === "postgres";

  if (isPostgres)
    test("hears every event once, in order, and one that is too long as `structure`", async () => {
      const database = await openTestDatabase();
      const [here, there] = [new EventHub(), new EventHub()];
      const trouble: unknown[] = [];
      await here.connect(database, (error) => trouble.push(error));
      await there.connect(database, (error) => trouble.push(error));
      const count = 200;
      const heard: ProjectEvent[] = [];
      const all = Promise.withResolvers<void>();
      there.logOf("p").listen(({ event }) => {
        heard.push(event);
        if (heard.length === count + 2) all.resolve();
      });
      const own: ProjectEvent[] = [];
      here.logOf("p").listen(({ event }) => own.push(event));
      for (let index = 0; index < count; index += 1) here.publish("p", queue(index));
      here.publish(null, queue(count));
      const long = sentence({ error: { code: "x", message: "x".repeat(9_000), field: null, remedy: null } });
      here.publish("p", long);
      await all.promise;
      const queues = Array.from({ length: count + 1 }, (_, index) => queue(index));
      expect(heard).toEqual([...queues, { type: "structure" }]);
      expect(own).toEqual([...queues, long]);
      expect(trouble).toEqual([]);
      await here.close();
      await there.close();
      await database.close();
    });

  if (!isPostgres)
    test("does not exist on PGlite: nothing is heard, and nothing goes wrong", async () => {
      const database = await openTestDatabase();
      const hub = new EventHub();
      const trouble: unknown[] = [];
      await hub.connect(database, (error) => trouble.push(error));
      hub.publish("p", queue(1));
      await hub.close();
      await database.close();
      expect(trouble).toEqual([]);
    });
});

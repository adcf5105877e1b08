import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProjectEvent } from "@/lib/schemas/events";
import { EventHub } from "@/server/events/event-hub";
import { followProject, type FollowOptions } from "@/server/events/follow-project";
import { job, queue, sentence, snapshot } from "./sample-events";

/** Follows a project, event by event. */
function follow(hub: EventHub, more: Partial<FollowOptions> = {}) {
  const end = new AbortController();
  const events = followProject(hub, "p", {
    snapshot: async () => snapshot(0),
    isCongested: () => false,
    signal: end.signal,
    ...more,
  });
  return {
    next: async () => (await events.next()).value!,
    take: async (count: number) => {
      const taken: [string, ProjectEvent][] = [];
      while (taken.length < count) taken.push((await events.next()).value!);
      return taken;
    },
    end: async () => {
      end.abort();
      return events.next();
    },
  };
}

describe("who follows a project", () => {
  test("gets a snapshot first, then each change, and what happened while it was made", async () => {
    const hub = new EventHub();
    const made = Promise.withResolvers<ProjectEvent>();
    const follower = follow(hub, { snapshot: () => made.promise });
    const first = follower.next();
    hub.publish("p", queue(1));
    made.resolve(snapshot(0));
    expect((await first)[1]).toEqual(snapshot(0));
    hub.publish("p", { type: "structure" });
    hub.publish("other", queue(9));
    expect((await follower.take(2)).map(([, event]) => event)).toEqual([queue(1), { type: "structure" }]);
    expect(await follower.end()).toEqual({ done: true, value: undefined });
  });

  test("goes on after an id with what it missed, without a snapshot", async () => {
    const hub = new EventHub();
    const follower = follow(hub);
    await follower.next();
    hub.publish("p", sentence({ id: "a" }));
    const [id] = await follower.next();
    await follower.end();
    hub.publish("p", sentence({ id: "b" }));
    hub.publish("p", sentence({ id: "c" }));
    const again = follow(hub, { lastEventId: id });
    expect((await again.take(2)).map(([, event]) => event)).toEqual([
      sentence({ id: "b" }),
      sentence({ id: "c" }),
    ]);
    await again.end();
  });

  test.each([
    ["made up", "nonsense"],
    ["of another life", new EventHub().idOf(3)],
    ["missing", null],
  ])("gets a new snapshot for an id that is %s", async (_, lastEventId) => {
    const hub = new EventHub();
    hub.publish("p", queue(1));
    const follower = follow(hub, { lastEventId });
    expect((await follower.next())[1].type).toBe("snapshot");
    await follower.end();
  });

  test("gets a new snapshot for an id whose successors are forgotten", async () => {
    const hub = new EventHub();
    const follower = follow(hub);
    const [id] = await follower.next();
    await follower.end();
    for (let index = 0; index < 5_000; index += 1) hub.publish("p", queue(index));
    const again = follow(hub, { lastEventId: id });
    expect((await again.next())[1].type).toBe("snapshot");
    await again.end();
  });

  test("gets only the newest of each thing after its connection was full", async () => {
    const hub = new EventHub();
    let isFull = false;
    const follower = follow(hub, { isCongested: () => isFull });
    await follower.next();
    isFull = true;
    for (let index = 0; index < 500; index += 1) {
      hub.publish("p", { type: "job", job: job({ id: `job-${index % 3}`, progress: index / 10 }) });
      hub.publish("p", queue(index));
    }
    const next = follower.take(4);
    isFull = false;
    expect(
      (await next).map(([, event]) =>
        event.type === "job" ? `${event.job.id} ${event.job.progress}` : event,
      ),
    ).toEqual(["job-2 49.7", "job-0 49.8", "job-1 49.9", queue(499)]);
    await follower.end();
  });

  test("ends at once when it is told to, also while its connection is full or the log is silent", async () => {
    const hub = new EventHub();
    const silent = follow(hub);
    await silent.next();
    const waiting = silent.next();
    await silent.end();
    expect(await waiting).toBeUndefined();
    const full = follow(hub, { isCongested: () => true });
    await full.next();
    const held = full.next();
    await full.end();
    expect(await held).toBeUndefined();
    expect(hub.logOf("p").isFollowed).toBe(false);
  });

  test("sees, whatever comes and wherever it is cut, ids that grow and at last the newest of each thing", async () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant("job" as const), id: fc.constantFrom("a", "b", "c") }),
      fc.record({ kind: fc.constant("sentence" as const), id: fc.constantFrom("a", "b", "c") }),
      fc.record({ kind: fc.constant("queue" as const), id: fc.constant("") }),
      fc.record({ kind: fc.constant("cut" as const), id: fc.constant("") }),
      fc.record({ kind: fc.constant("read" as const), id: fc.constant("") }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 60 }), async (changes) => {
        const hub = new EventHub();
        const newest = new Map<string, ProjectEvent>();
        const seen = new Map<string, ProjectEvent>();
        const ids: number[] = [];
        let follower = follow(hub);
        let unread = 0;
        const read = async () => {
          const [id, event] = await follower.next();
          ids.push(hub.seqOf(id)!);
          if (event.type !== "snapshot") seen.set(nameOf(event), event);
        };
        await read();
        for (const [index, { kind, id }] of changes.entries()) {
          if (kind === "cut") {
            await follower.end();
            follower = follow(hub, { lastEventId: hub.idOf(ids.at(-1)!) });
          } else if (kind === "read") {
            if (ids.at(-1)! < hub.seq) await read();
          } else {
            const event: ProjectEvent =
              kind === "job"
                ? { type: "job", job: job({ id, progress: index }) }
                : kind === "sentence"
                  ? sentence({ id, seed: index })
                  : queue(index);
            hub.publish("p", event);
            newest.set(nameOf(event), event);
            unread += 1;
          }
        }
        while (ids.at(-1)! < hub.seq) await read();
        await follower.end();
        expect(seen).toEqual(newest);
        expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
        expect(ids.length).toBeLessThanOrEqual(unread + 1);
      }),
    );
  });
});

const nameOf = (event: ProjectEvent) =>
  event.type === "job"
    ? `job ${event.job.id}`
    : event.type === "sentence"
      ? `sentence ${event.sentence.id}`
      : event.type;

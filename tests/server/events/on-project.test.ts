import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { type ProjectEvent, sentenceStateSchema } from "@/lib/schemas/events";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";
import { startWire } from "../../support/wire";
import { NOBODY } from "../trpc/procedures";
import { subscribe, type Received, type Subscriber } from "./subscriber";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { stepMs: 4, files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const keyOf = (event: ProjectEvent) =>
  event.type === "job"
    ? `job ${event.job.id}`
    : event.type === "sentence"
      ? `sentence ${event.sentence.id}`
      : event.type;
const seqOf = ({ id }: Received) => Number(id.split(".")[1]);
/** The newest of each thing. */
const newest = (received: readonly Received[]) =>
  new Map(received.map(({ id, event }) => [keyOf(event), { id, event }]));
const hasEnded = (ids: readonly string[]) => {
  const done = new Set<string>();
  return ({ event }: Received) => {
    if (event.type === "sentence" && event.sentence.status === "completed") done.add(event.sentence.id);
    return ids.every((id) => done.has(id));
  };
};

describe("events.onProject", () => {
  test("begins with a snapshot of all sentences and the queue", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    const subscriber = await subscribe(app.url, projectId);
    const { id, event } = await subscriber.until(() => true);
    expect(id).toMatch(/^[0-9a-f-]{36}\.\d+$/);
    expect(event).toMatchObject({
      type: "snapshot",
      queue: { isDemo: false, isPaused: false, queued: 0, running: 0, lanes: [{ url: app.comfy.url }] },
    });
    const sentences = event.type === "snapshot" ? event.sentences : [];
    expect(sentences.map((one) => one.id).toSorted()).toEqual(sentenceIds.toSorted());
    expect(sentences[0]).toMatchObject({
      status: "pending",
      isImageDirty: true,
      imageUrl: null,
      selectedTakeId: null,
      shownTake: null,
      job: null,
    });
    // Nothing else: a board takes what it does not know for a change.
    const fields = Object.keys(sentenceStateSchema.shape).toSorted();
    for (const one of sentences) expect(Object.keys(one).toSorted()).toEqual(fields);
    subscriber.cut();
  });

  test("tells two subscribers the same, step by step to the picture", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    const both = await Promise.all([subscribe(app.url, projectId), subscribe(app.url, projectId)]);
    await Promise.all(both.map((one) => one.until(({ event }) => event.type === "snapshot")));
    // It stands still there until both have heard of it: steps within 50 ms of each other are told as one.
    app.comfy.pause(3);
    await app.client.image.generate.mutate({ projectId });
    const isSampling = ({ event }: Received) =>
      event.type === "job" && event.job.step?.includes("sampling") === true;
    await Promise.all(both.map((one) => one.until(isSampling)));
    app.comfy.release();
    await Promise.all(both.map((one) => one.until(hasEnded(sentenceIds))));
    const [first, second] = both.map((one) => one.received.filter(({ event }) => event.type !== "snapshot"));
    expect(first).toEqual(second);
    const events = first!.map((one) => one.event);
    const jobs = events.flatMap((event) =>
      event.type === "job" && event.job.sentenceId === sentenceIds[0] ? [event.job] : [],
    );
    expect(jobs.map((one) => one.progress)).toEqual(
      jobs.map((one) => one.progress).toSorted((a, b) => a - b),
    );
    expect(jobs.some((one) => one.step?.includes("sampling"))).toBe(true);
    const states = events.flatMap((event) =>
      event.type === "sentence" && event.sentence.id === sentenceIds[0] ? [event.sentence] : [],
    );
    expect(states[0]).toMatchObject({
      status: "generating",
      job: { status: expect.stringMatching(/queued|running/) },
    });
    expect(states.at(-1)).toMatchObject({
      status: "completed",
      isImageDirty: false,
      job: null,
      error: null,
      imageUrl: expect.stringContaining("/media/"),
    });
    expect(first!.map(seqOf)).toEqual(first!.map(seqOf).toSorted((a, b) => a - b));
    for (const one of both) await one.stop();
  });

  test("resumes after many cuts in one batch, without loss or doubles", { timeout: 60_000 }, async () => {
    const { projectId, sentenceIds } = await app.project(10);
    const whole = await subscribe(app.url, projectId);
    let cut: Subscriber = await subscribe(app.url, projectId);
    await Promise.all([whole, cut].map((one) => one.until(({ event }) => event.type === "snapshot")));
    const ended = whole.until(hasEnded(sentenceIds));
    await app.client.image.generate.mutate({ projectId });
    const received: Received[] = [];
    const done = hasEnded(sentenceIds);
    let cuts = 0;
    for (let isDone = false; !isDone;) {
      const few = 1 + (cuts % 5);
      await cut.until(() => cut.received.length >= few || cut.received.some(done));
      received.push(...cut.received);
      isDone = received.some(done);
      const last = received.at(-1)!;
      cut.cut();
      if (isDone) break;
      cuts += 1;
      cut = await subscribe(app.url, projectId, last.id);
    }
    await ended;
    expect(cuts).toBeGreaterThan(5);
    expect(received.slice(1).every(({ event }) => event.type !== "snapshot")).toBe(true);
    expect(received.map(seqOf)).toEqual([...new Set(received.map(seqOf))].toSorted((a, b) => a - b));
    const known = new Map(whole.received.map(({ id, event }) => [id, event]));
    for (const { id, event } of received.slice(1)) expect(event).toEqual(known.get(id));
    const upTo = seqOf(received.at(-1)!);
    expect(newest(received.slice(1))).toEqual(
      newest(whole.received.filter((one) => one.event.type !== "snapshot" && seqOf(one) <= upTo)),
    );
    whole.cut();
  });

  test("gives a new snapshot for an id that is unknown or of another life of the server", async () => {
    const { projectId } = await app.project(1);
    for (const id of ["nonsense", `${NOBODY}.5`, "1"]) {
      const subscriber = await subscribe(app.url, projectId, id);
      expect((await subscriber.until(() => true)).event.type).toBe("snapshot");
      subscriber.cut();
    }
  });

  test("tells of every change of the board as `structure`, and of dirty shots", async () => {
    const { projectId, sentenceIds } = await app.project(1);
    const sentenceId = sentenceIds[0]!;
    await app.client.image.generate.mutate({ projectId });
    await app.settled(projectId);
    const changes: [string, () => Promise<unknown>][] = [
      ["project.update", () => app.client.project.update.mutate({ projectId, name: "New" })],
      ["script.import", () => app.client.script.import.mutate({ projectId, text: "More.", format: "text" })],
      ["section.create", () => app.client.section.create.mutate({ projectId, title: "More" })],
      ["sentence.update", () => app.client.sentence.update.mutate({ sentenceId, imagePrompt: "new" })],
      ["cast.add", () => app.client.cast.add.mutate({ projectId, characterId: "mira-solberg" })],
    ];
    for (const [name, change] of changes) {
      const subscriber = await subscribe(app.url, projectId);
      await subscriber.until(({ event }) => event.type === "snapshot");
      await change();
      await subscriber.until(({ event }) => event.type === "structure");
      const dirty = subscriber.received.filter(
        ({ event }) => event.type === "sentence" && event.sentence.isImageDirty,
      );
      expect([name, dirty.length]).toEqual([name, name === "sentence.update" ? 1 : 0]);
      subscriber.cut();
    }
  });

  test("tells when the project is deleted", async () => {
    const { projectId } = await app.project(1);
    const deleted = app.event(projectId, (event) => event.type === "projectDeleted");
    const subscriber = await subscribe(app.url, projectId);
    await subscriber.until(({ event }) => event.type === "snapshot");
    await app.client.project.delete.mutate({ projectId });
    expect(await deleted).toEqual({ type: "projectDeleted" });
    await subscriber.until(({ event }) => event.type === "projectDeleted");
    subscriber.cut();
  });

  test("tells everybody when the queue is paused and resumed", async () => {
    const { projectId } = await app.project(1);
    const subscriber = await subscribe(app.url, projectId);
    await subscriber.until(({ event }) => event.type === "snapshot");
    await app.client.queue.pause.mutate();
    await subscriber.until(({ event }) => event.type === "queue" && event.queue.isPaused);
    subscriber.cut();
    await app.client.queue.resume.mutate();
    const again = await subscribe(app.url, projectId, subscriber.received.at(-1)!.id);
    const missed = await again.until(({ event }) => event.type === "queue" && !event.queue.isPaused);
    expect(again.received.indexOf(missed)).toBe(0);
    again.cut();
  });

  test("sends the whole project's state where more than 100 shots change at once", async () => {
    const { projectId, sentenceIds } = await app.project(130);
    const subscriber = await subscribe(app.url, projectId);
    await subscriber.until(({ event }) => event.type === "snapshot");
    await app.client.queue.pause.mutate();
    const { batchId } = await app.client.image.generate.mutate({
      projectId,
      sentenceIds: sentenceIds.slice(0, 120),
    });
    const { event } = await subscriber.until(
      (one) =>
        one.event.type === "snapshot" && one.event.sentences.some((state) => state.status === "generating"),
    );
    const states = event.type === "snapshot" ? event.sentences : [];
    expect(states).toHaveLength(130);
    expect(states.filter((one) => one.status === "generating")).toHaveLength(120);
    await app.client.image.cancel.mutate({ batchId: batchId! });
    await app.client.queue.resume.mutate();
    subscriber.cut();
  });

  test.each([
    [
      "an unknown project",
      NOBODY,
      {
        code: "NOT_FOUND",
        httpStatus: 404,
        reason: "project_not_found",
        field: "projectId",
        remedy: expect.any(String),
      },
    ],
    [
      "a path",
      "../x",
      {
        code: "BAD_REQUEST",
        httpStatus: 400,
        reason: "invalid_input",
        field: "projectId",
        remedy: expect.any(String),
      },
    ],
  ])("refuses %s in the one error shape", async (_, projectId, data) => {
    const subscriber = await subscribe(app.url, projectId);
    expect(await subscriber.refused).toEqual({ code: expect.any(Number), message: expect.any(String), data });
    expect(subscriber.received).toEqual([]);
    subscriber.cut();
    const refused = new Promise((_resolve, reject) => {
      app.client.events.onProject.subscribe({ projectId }, { onError: reject });
    });
    expect(await refusalOf(refused)).toMatchObject(data);
  });

  test("takes what is no message of its protocol calmly", async () => {
    const { projectId } = await app.project(1);
    const subscriber = await subscribe(app.url, projectId);
    await subscriber.until(() => true);
    const odd = await subscribe(app.url, projectId, "x".repeat(300));
    expect((await odd.refused)["data"]).toMatchObject({ code: "BAD_REQUEST", field: "lastEventId" });
    odd.cut();
    await app.client.project.update.mutate({ projectId, name: "Still here" });
    await subscriber.until(({ event }) => event.type === "structure");
    subscriber.cut();
  });
});

test(
  "our own client comes back by itself after its connection was cut, and gets what it missed, once",
  { timeout: 60_000 },
  async () => {
    const { projectId } = await app.project(1);
    await using wire = await startWire(app.url);
    const client = createShotboardClient({ url: wire.url });
    const names: string[] = [];
    const types: string[] = [];
    let look = () => {};
    client.events.onProject.subscribe(
      { projectId },
      {
        onData: ({ data }) => {
          types.push(data.type);
          if (data.type === "sentence") names.push(`${data.sentence.id} ${data.sentence.seed}`);
          look();
        },
      },
    );
    const until = (fits: () => boolean) =>
      new Promise<void>((resolve) => (look = () => (fits() ? resolve() : undefined)));
    await until(() => types.length > 0);
    const hub = app.runtime.services.events;
    const say = (id: string, seed: number) =>
      hub.publish(projectId, {
        type: "sentence",
        sentence: {
          id,
          seed,
          status: "pending",
          isImageDirty: true,
          imageFile: null,
          imageUrl: null,
          selectedTakeId: null,
          shownTake: null,
          job: null,
          openJobs: 0,
          failedJobs: 0,
          error: null,
        },
      });
    for (let round = 0; round < 3; round += 1) {
      say("a", round);
      await until(() => names.includes(`a ${round}`));
      wire.cut();
      say("b", round);
      await until(() => names.includes(`b ${round}`));
    }
    expect(names).toEqual(["a 0", "b 0", "a 1", "b 1", "a 2", "b 2"]);
    expect(types.filter((type) => type === "snapshot")).toHaveLength(1);
    await client.close();
  },
);

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});

import { expect, test } from "vitest";
import { LanePlace } from "@/server/generation/lane-place";

const never = new AbortController().signal;

/** An attempt that a test drives: what it has reached, and what it waits for. */
function openAttempt(place: LanePlace, jobId: string, signal = never) {
  const begun = Promise.withResolvers<() => Promise<void>>();
  const end = Promise.withResolvers<string>();
  const done = place.occupy(jobId, signal, (leave) => {
    begun.resolve(leave);
    return end.promise;
  });
  return { done, begun: begun.promise, end: end.resolve };
}

test("one attempt has the place, and the next gets it when that one has ended", async () => {
  const place = new LanePlace();
  const first = openAttempt(place, "first");
  const second = openAttempt(place, "second");
  await first.begun;
  expect(place.jobId).toBe("first");
  first.end("picture");
  expect(await first.done).toBe("picture");
  await second.begun;
  expect(place.jobId).toBe("second");
  second.end("picture");
  await second.done;
  expect(place.isTaken).toBe(false);
});

test("who leaves early lets the next in, and goes on once that one has posted its prompt", async () => {
  const place = new LanePlace();
  const first = openAttempt(place, "first");
  const second = openAttempt(place, "second");
  const leave = await first.begun;
  let goesOn = false;
  const gone = leave().then(() => (goesOn = true));
  await second.begun;
  expect(goesOn).toBe(false);
  place.posted();
  await gone;
  expect(place.jobId).toBe("second");
  first.end("one");
  second.end("two");
  expect(await Promise.all([first.done, second.done])).toEqual(["one", "two"]);
});

test("who leaves goes on at once where nobody is in line", async () => {
  const place = new LanePlace();
  const only = openAttempt(place, "only");
  const leave = await only.begun;
  await leave();
  await place.whenNext();
  expect(place.isTaken).toBe(false);
  only.end("picture");
  expect(await only.done).toBe("picture");
});

test("who leaves goes on also where the next in line ends without a prompt", async () => {
  const place = new LanePlace();
  const first = openAttempt(place, "first");
  const second = openAttempt(place, "second");
  const gone = (await first.begun)();
  await second.begun;
  second.end("nothing");
  await gone;
  first.end("picture");
  expect(await first.done).toBe("picture");
});

test("an attempt that is stopped while it stands in line gives up at once and never has the place", async () => {
  const place = new LanePlace();
  const control = new AbortController();
  const first = openAttempt(place, "first");
  const second = openAttempt(place, "second", control.signal);
  const third = openAttempt(place, "third");
  await first.begun;
  control.abort(new Error("stopped"));
  await expect(second.done).rejects.toThrow("stopped");
  first.end("picture");
  await third.begun;
  expect(place.jobId).toBe("third");
});

test("an attempt that fails passes its error on and the place too", async () => {
  const place = new LanePlace();
  const failed = place.occupy("first", never, () => Promise.reject(new Error("no picture")));
  const second = openAttempt(place, "second");
  await expect(failed).rejects.toThrow("no picture");
  await second.begun;
  expect(place.jobId).toBe("second");
});

test("the next job may begin when the prompt is about to end, or when the place is free", async () => {
  const place = new LanePlace();
  await place.whenNext();
  const first = openAttempt(place, "first");
  await first.begun;
  place.posted();
  const soon = place.whenNext();
  place.progressed(90);
  await soon;
  place.posted();
  const free = place.whenNext();
  first.end("picture");
  await free;
});

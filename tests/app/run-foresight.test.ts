import { expect, test } from "vitest";
import { foresightWords } from "@/app/projects/[projectId]/model/run-foresight";

const nothing = { locked: 0, inLine: 0 };
const now = new Date(2026, 0, 1, 17, 30).getTime();
const plain = { queued: 24, lanes: 1, ms: 371_000, ahead: 0, unmeasured: 0 };

test("a run is told by its pictures, how long they take and when they are done", () => {
  expect(foresightWords(plain, nothing, now)).toEqual({
    main: "24 pictures in about 6 min 10 s, done\u00a017:36",
    more: "",
  });
  expect(foresightWords({ ...plain, ms: 8_140_000 }, nothing, now).main).toBe(
    "24 pictures in about 2 h 16 min, done\u00a019:45",
  );
  expect(foresightWords({ ...plain, queued: 1, ms: 4_200 }, nothing, now).main).toBe(
    "1 picture in about 4.2 s, done\u00a017:30",
  );
});

test("what stands before it, what is left out and what is not known is said", () => {
  expect(foresightWords({ ...plain, ahead: 12, unmeasured: 2 }, { locked: 3, inLine: 1 }, now).more).toBe(
    "After 12 in line. 2 pictures of a model that has not painted here are not in that time. Left out: 3 locked, 1 in line already.",
  );
  expect(foresightWords({ ...plain, ms: null, unmeasured: 24 }, nothing, now)).toEqual({
    main: "24 pictures; how long is known after the first one",
    more: "",
  });
  expect(foresightWords({ ...plain, lanes: 0, ms: null }, nothing, now).main).toBe(
    "24 pictures, once something paints: look at the queue",
  );
  expect(foresightWords({ ...plain, queued: 0, ms: 0 }, { locked: 2, inLine: 0 }, now)).toEqual({
    main: "Nothing to paint",
    more: "Left out: 2 locked.",
  });
});

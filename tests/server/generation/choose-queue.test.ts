import fc from "fast-check";
import { expect, test } from "vitest";
import { orderQueues, priorityOf, rankOf } from "@/server/generation/choose-queue";
import type { WaitingQueue } from "@/server/generation/job-queue";

const priority = fc.integer({ min: -100, max: 100 });
const boardIndex = fc.integer({ min: 0, max: 10_000 });
const takeNo = fc.integer({ min: 1, max: 8 });
const names = ["default", "flux2-klein-4b", "own", "z-image-turbo"];

const waiting = fc.uniqueArray(
  fc.record({
    queue: fc.constantFrom(...names),
    priority,
    boardIndex,
    takeNo,
    since: fc.integer({ min: 0, max: 100_000_000 }),
  }),
  { selector: (one) => one.queue },
);
const loaded = fc.option(fc.constantFrom(...names));
const toWaiting = ({
  queue,
  priority: of,
  boardIndex: at,
  takeNo: take,
  since,
}: {
  queue: string;
  priority: number;
  boardIndex: number;
  takeNo: number;
  since: number;
}): WaitingQueue => ({
  queue,
  rank: rankOf(of, at, take),
  since,
});

/** The longest waiting first; of two that wait alike, by name. */
const byWait = (a: WaitingQueue, b: WaitingQueue) => a.since - b.since || a.queue.localeCompare(b.queue);

test("a rank holds its priority, and sorts by priority, then by the place on the board, then by the take", () => {
  const place = fc.tuple(priority, boardIndex, takeNo);
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(priorityOf(rankOf(...a))).toBe(a[0]);
      // What pg-boss and PostgreSQL keep it in.
      expect(Math.abs(rankOf(...a))).toBeLessThan(2 ** 31);
      const byHand = b[0] - a[0] || a[1] - b[1] || a[2] - b[2];
      expect(Math.sign(rankOf(...b) - rankOf(...a))).toBe(Math.sign(byHand));
    }),
  );
});

test("every waiting queue is in the order exactly once, those of a higher priority always first", () => {
  fc.assert(
    fc.property(waiting, loaded, (queues, model) => {
      const order = orderQueues(queues.map(toWaiting), model);
      expect(order.toSorted()).toEqual(queues.map((one) => one.queue).toSorted());
      const priorities = order.map((name) => queues.find((one) => one.queue === name)!.priority);
      expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
    }),
  );
});

test("within a priority the loaded model goes first, the others by how long they have waited", () => {
  fc.assert(
    fc.property(waiting, loaded, priority, (queues, model, same) => {
      const near = queues.map((one) => ({
        ...toWaiting({ ...one, priority: same }),
        since: one.since % 600_000,
      }));
      const order = orderQueues(near, model);
      const others = near.filter((one) => one.queue !== model).toSorted(byWait);
      const first = near.some((one) => one.queue === model) ? [model] : [];
      expect(order).toEqual([...first, ...others.map((one) => one.queue)]);
    }),
  );
});

test("no queue starves behind a loaded model that is given new work again and again", () => {
  fc.assert(
    fc.property(waiting, loaded, priority, (queues, model, same) => {
      const rows = queues.map((one) => toWaiting({ ...one, priority: same }));
      const mine = rows.find((one) => one.queue === model);
      const longest = rows.toSorted(byWait)[0];
      if (!mine || !longest || longest.since >= mine.since - 600_000) return;
      expect(orderQueues(rows, model)[0]).toBe(longest.queue);
    }),
  );
});

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ComfyError } from "@/server/comfyui/comfy-error";
import { defaultTimings } from "@/server/comfyui/timings";
import type { LaneServer } from "@/server/generation/fleet";
import { GENERATION_TIMINGS, type GenerationContext } from "@/server/generation/generation-context";
import { LaneHealth } from "@/server/generation/lane-health";
import { startTestApp } from "../../support/test-app";
import { jobBecomes } from "../generation/board";
import { patience, small } from "../generation/patience";
import { expectMadeOnce } from "./made-once";

const SECOND = 1_000;

describe("the return of a ComfyUI is noticed within 10 s, by the waits that users have:", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How long after the end of an outage a lane sees its server, in ms. */
  async function noticedAfter(outageMs: number, whileAway: () => Promise<never>): Promise<number> {
    const backAt = Date.now() + outageMs;
    const ask = async <T>(answer: T): Promise<T> => (Date.now() < backAt ? whileAway() : answer);
    const client = {
      stats: () => ask({ version: "0.26.0", devices: [] }),
      queue: () => ask({ running: [], pending: [], remaining: 0, items: [] }),
    };
    const server = { url: "http://gpu", name: "gpu", isDemo: false, client } as unknown as LaneServer;
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const ctx = { timings: GENERATION_TIMINGS, log } as unknown as GenerationContext;
    const seen = Promise.withResolvers<number>();
    const health = new LaneHealth(ctx, server, {
      isBusy: () => false,
      onChange: () => {},
      onConnected: () => seen.resolve(Date.now()),
      onEmpty: () => {},
    });
    health.start();
    await vi.advanceTimersByTimeAsync(outageMs + 60 * SECOND);
    health.stop();
    vi.clearAllTimers();
    return (await seen.promise) - backAt;
  }

  const away = () => new ComfyError("unreachable", "lane", "It does not answer.");
  const outage = fc.integer({ min: 0, max: 15 * 60 * SECOND });

  test("one whose port is closed refuses at once", async () => {
    const refused = () => Promise.reject(away());
    await fc.assert(
      fc.asyncProperty(outage, async (ms) => {
        expect(await noticedAfter(ms, refused)).toBeLessThanOrEqual(10 * SECOND);
      }),
      { numRuns: 50 },
    );
  });

  test("one behind a black hole lets each question run out of time", async () => {
    const silent = () =>
      new Promise<never>((_, reject) => setTimeout(() => reject(away()), defaultTimings.requestTimeoutMs));
    await fc.assert(
      fc.asyncProperty(outage, async (ms) => {
        expect(await noticedAfter(ms, silent)).toBeLessThanOrEqual(10 * SECOND);
      }),
      { numRuns: 50 },
    );
  });

  test("one that answers after any time, or not, in turn", async () => {
    const delays = fc.array(fc.integer({ min: 0, max: defaultTimings.requestTimeoutMs }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(outage, delays, async (ms, waits) => {
        let n = 0;
        const slow = () =>
          new Promise<never>((_, reject) => {
            n += 1;
            setTimeout(() => reject(away()), waits[n % waits.length]);
          });
        expect(await noticedAfter(ms, slow)).toBeLessThanOrEqual(10 * SECOND);
      }),
      { numRuns: 50 },
    );
  });
});

test("a ComfyUI that refuses connections for a while: what waits is queued, says so, and goes on by itself, uncounted", async () => {
  await using app = await startTestApp();
  await vi.waitUntil(
    async () => (await app.client.queue.status.query()).lanes[0]!.state === "ready",
    patience,
  );
  const { projectId, sentenceIds } = await app.project(3, small);
  app.comfy.pause(1);
  const { jobIds } = await app.client.image.generate.mutate({ projectId });
  await app.comfy.waitFor("sampling");
  // Stopped in order, as by its user: what it had is lost.
  await app.comfy.stop();
  for (const id of jobIds) await jobBecomes(app, id, "queued");
  const { lanes, queued } = await app.client.queue.status.query();
  expect({ queued, state: lanes[0]!.state, reason: lanes[0]!.reason }).toMatchObject({
    queued: 3,
    state: "waiting",
    reason: expect.stringContaining("nothing listens there") as string,
  });
  app.comfy.release();
  await app.comfy.restart();
  await app.settled(projectId);
  await expectMadeOnce(app, sentenceIds.slice(1), jobIds.slice(1));
  await expectMadeOnce(app, sentenceIds.slice(0, 1), jobIds.slice(0, 1), { renders: 2 });
});

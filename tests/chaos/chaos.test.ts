import { describe, expect, test } from "vitest";
import { UNHARMED } from "./board";
import { dropSockets, fuzzDoors } from "./door-scenarios";
import { killComfyToo, killPostgresToo, killServer, LOST_WITH_COMFY } from "./kill-scenarios";
import { chooseSeed, seededRandom } from "./random";

// The short run; `npm run chaos` is the long one. The seed of a run that failed repeats it: CHAOS_SEED.
const random = seededRandom(chooseSeed());
const isPostgres = process.env["TEST_DATABASE"] === "postgres";
const database = isPostgres ? "postgres" : "pglite";
const seed = `CHAOS_SEED=${random.seed}`;

test(
  "a server that is killed again and again at random loses no picture, stores none twice and leaves no job behind",
  { timeout: 180_000 },
  async () => {
    const kills = isPostgres ? 1 : 2;
    const { figures } = await killServer(random, database, { shots: 24, kills });
    expect(figures.damage, seed).toEqual(UNHARMED);
    expect(figures.kills, seed).toBeGreaterThan(0);
    expect(figures.again, seed).toBeLessThanOrEqual(kills);
    expect(figures.maxPending, seed).toBe(1);
    // The long run, on a machine of its own, holds it to 15 s.
    for (const ms of figures.free) expect(ms, seed).toBeLessThan(40_000);
  },
);

if (!isPostgres)
  test("neither does one whose ComfyUI is killed as well", { timeout: 180_000 }, async () => {
    const { figures } = await killComfyToo(
      random,
      { shots: 60, kills: 0 },
      { waits: [1_500, 2_500], times: 2 },
    );
    expect(figures.damage, seed).toEqual(UNHARMED);
    expect(figures.disturbances, seed).toBeGreaterThan(0);
    expect(figures.again, seed).toBeLessThanOrEqual(figures.kills + figures.disturbances * LOST_WITH_COMFY);
    expect(figures.maxPending, seed).toBe(1);
  });

if (isPostgres)
  test(
    "neither does one whose PostgreSQL ends in every way meanwhile: no failure is counted",
    { timeout: 180_000 },
    async () => {
      const { figures } = await killPostgresToo(
        random,
        { shots: 24, kills: 0 },
        { waits: [200, 600], times: 3 },
      );
      expect(figures.damage, seed).toEqual(UNHARMED);
      expect(figures.disturbances, seed).toBeGreaterThan(0);
      expect(figures.again, seed).toBeLessThanOrEqual(figures.disturbances);
      expect(figures.maxPending, seed).toBe(1);
      expect(
        [...figures.errors.keys()].filter((what) => /Exception|Rejection|TypeError/.test(what)),
        seed,
      ).toEqual([]);
    },
  );

if (!isPostgres)
  describe("the port", () => {
    test(
      "answers whatever is sent with no 5xx, complains about nothing and keeps nothing of it",
      { timeout: 180_000 },
      async () => {
        const { figures } = await fuzzDoors(random, { inputs: 4, raw: 30 });
        expect(figures.offences, seed).toEqual([]);
        expect(figures.procedures).toBeGreaterThan(70);
        // In so few requests some things are only loaded; the long run holds it to a tenth.
        expect(figures.heap[1] / figures.heap[0], seed).toBeLessThan(1.25);
      },
    );

    test(
      "is as it was once 100 connections of every kind were opened and dropped",
      { timeout: 180_000 },
      async () => {
        const { growth, complaints, hasEnded } = await dropSockets(random, { sockets: 100, rounds: 1 });
        expect(complaints, seed).toEqual([]);
        expect(hasEnded, seed).toBe(false);
        expect(growth, seed).toBeLessThan(10);
      },
    );
  });

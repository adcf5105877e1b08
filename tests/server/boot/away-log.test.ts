import { expect, test } from "vitest";
import type { Log } from "@/lib/log";
import { quietWhileAway } from "@/server/boot/away-log";

const away = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

/** A log that remembers, under a clock that is set by hand. */
function remembering() {
  const told: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const at = { ms: 1_000 };
  const write =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      told.push({ level, message, fields });
  const all: Log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  return { log: quietWhileAway(all, () => at.ms), told, at };
}

test("that the database is away is told once a minute, with how often it was noticed", () => {
  const { log, told, at } = remembering();
  for (let second = 0; second < 59; second += 1) {
    log.error("A lane could not look for work", { lane: "http://gpu", error: away });
    at.ms += 1_000;
  }
  const loud = () => told.filter(({ level }) => level !== "debug");
  expect(loud()).toEqual([
    {
      level: "error",
      message: "The database cannot be reached: all goes on by itself when it is back",
      fields: { noticed: "A lane could not look for work", lane: "http://gpu", error: away },
    },
  ]);
  expect(told).toHaveLength(59);
  at.ms += 1_000;
  log.warn("pg-boss does not reach the database", { error: new Error("failed", { cause: away }) });
  expect(loud()).toHaveLength(2);
  expect(loud()[1]!.fields).toMatchObject({
    noticed: "pg-boss does not reach the database",
    noticedBefore: 58,
  });
  log.error("A lane could not look for work", { error: away });
  // The next time that it is away nothing is told of this one.
  at.ms += 3_600_000;
  log.error("A lane could not look for work", { error: away });
  expect(loud()).toHaveLength(3);
  expect(loud()[2]!.fields).not.toHaveProperty("noticedBefore");
});

test("what else fails meanwhile is told each time, as what it is", () => {
  const { log, told } = remembering();
  log.error("A lane could not look for work", { error: away });
  log.error("A request failed", { error: new Error("broken") });
  log.warn("A thumbnail could not be written");
  log.info("Ending");
  expect(told.map(({ level, message }) => `${level} ${message}`).slice(1)).toEqual([
    "error A request failed",
    "warn A thumbnail could not be written",
    "info Ending",
  ]);
});

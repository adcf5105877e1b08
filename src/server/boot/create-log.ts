import type { Log } from "@/lib/log";

const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Writes one line of JSON for each entry to stderr, from the given level on. */
export function createLog(level: LogLevel): Log {
  const from = LEVELS.indexOf(level);
  const write =
    (name: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      if (LEVELS.indexOf(name) < from) return;
      const entry = { time: new Date().toISOString(), level: name, message, ...plain(fields) };
      process.stderr.write(`${JSON.stringify(entry)}\n`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** Errors as text with their causes: JSON would show them empty. */
function plain(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value) : value]),
  );
}

function describe(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\ncaused by ${describe(error.cause)}` : own;
}

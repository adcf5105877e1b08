import pino from "pino";
import type { Log } from "@/lib/log";
import { hideSecrets } from "./hide-secrets";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Fields that may hold a secret, wherever they stand: logs never show them. */
const SECRET = ["token", "headers", "authorization", "cookie", "password"];

/**
 * Writes one line of JSON for each entry to stderr, from the given level on. What belongs together carries the same
 * `jobId`, `attempt` and `lane`.
 * @param secrets words that are shown nowhere, besides all that looks like one
 */
export function createLog(level: LogLevel, secrets: readonly string[] = []): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: hideSecrets(secrets) },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: "…" },
      serializers: { error: (error: unknown) => (error instanceof Error ? describe(error) : error) },
    },
    // Not behind a buffer: the last words before an end are the ones that matter.
    pino.destination({ fd: 2, sync: true }),
  );
  const write =
    (name: Exclude<LogLevel, "silent">) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      logger[name](fields, message);
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** What an error says, without the values of a query: prompts, and the headers of servers. */
function withoutValues(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return "params" in error && "query" in error
    ? own.replace(error.message, () => `Failed query: ${String(error.query)}`)
    : own;
}

/** Errors as text with their causes: JSON would show them empty. */
function describe(error: Error): string {
  const own = withoutValues(error);
  return error.cause instanceof Error ? `${own}\ncaused by ${describe(error.cause)}` : own;
}

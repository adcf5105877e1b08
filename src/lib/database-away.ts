/** postgres.js' and pg's own codes for a connection that ended or could not be made. */
const CONNECTION = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
]);
/** PostgreSQL's: connection exceptions, too many connections, shut down, starting up. */
const SQLSTATE = /^(08\w{3}|53300|57P0[1-5])$/;

/**
 * Whether something failed because the database cannot be reached now, so that it works again when it is back.
 * ComfyUI's connections have the same codes, but stand inside a ComfyError.
 */
export function isDatabaseAway(error: unknown): boolean {
  let one = error as { name?: unknown; code?: unknown; cause?: unknown } | null | undefined;
  for (let depth = 0; one && typeof one === "object" && depth < 10; depth += 1) {
    if (one.name === "ComfyError") return false;
    if (typeof one.code === "string" && (CONNECTION.has(one.code) || SQLSTATE.test(one.code))) return true;
    one = one.cause as typeof one;
  }
  return false;
}

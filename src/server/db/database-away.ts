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
 * Whether a statement failed because the database cannot be reached now, so that it works again when it is back.
 * Only for what a statement threw: ComfyUI's connections have the same codes, inside a ComfyError.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (
    let one = error as { code?: unknown; cause?: unknown } | null | undefined;
    one && typeof one === "object";
    one = one.cause as typeof one
  )
    if (typeof one.code === "string" && (CONNECTION.has(one.code) || SQLSTATE.test(one.code))) return true;
  return false;
}

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
/** PostgreSQL's: connection exceptions, too many connections, shut down, starting up, a transaction that was idle too long. */
const SQLSTATE = /^(08\w{3}|53300|57P0[1-5]|25P03)$/;
/** pg, which pg-boss brings, has no codes for these. */
const PG_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/**
 * Whether something failed because the database cannot be reached now, so that it works again when it is back.
 * ComfyUI's connections have the same codes, but stand inside a ComfyError.
 */
export function isDatabaseAway(error: unknown): boolean {
  let one = error as Partial<Record<"name" | "code" | "message" | "cause", unknown>> | null | undefined;
  for (let depth = 0; one && typeof one === "object" && depth < 10; depth += 1) {
    if (one.name === "ComfyError") return false;
    const { code, message } = one;
    if (typeof code === "string" && (CONNECTION.has(code) || SQLSTATE.test(code))) return true;
    if (code === undefined && typeof message === "string" && PG_MESSAGE.test(message)) return true;
    one = one.cause as typeof one;
  }
  return false;
}

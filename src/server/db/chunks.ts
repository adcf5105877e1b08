/** Rows in one insert: PostgreSQL takes at most 65,535 parameters. */
const ROWS = 1_000;

/** The rows in portions that one statement takes. */
export function* chunks<T>(rows: readonly T[], size = ROWS): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

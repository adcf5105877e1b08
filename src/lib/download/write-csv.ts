/** One field as RFC 4180 has it. */
function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  // A space at an edge is kept by every reader only between quotes.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as CSV by RFC 4180: commas, CRLF after every line, quotes where they are needed; null is an empty field.
 * @param columns the first line, and which value of a row stands where
 */
export function writeCsv<K extends string>(
  columns: readonly K[],
  rows: readonly Record<K, string | number | null>[],
): string {
  const lines = [columns.map(field), ...rows.map((row) => columns.map((name) => field(row[name])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

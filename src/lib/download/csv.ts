const COLUMNS = ["number", "section", "text", "prompt", "seed", "model", "style", "credit", "file"] as const;

/** A line of `shots.csv`; null is an empty field. */
export type CsvShot = Record<(typeof COLUMNS)[number], string | number | null>;

/** `shots.csv`: RFC 4180, a header, lines ended by CRLF. Fields are quoted where they need it. */
export function shotsCsv(shots: readonly CsvShot[]): string {
  const lines = [
    COLUMNS.join(","),
    ...shots.map((shot) => COLUMNS.map((name) => field(shot[name])).join(",")),
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of the table that a run of benchmarks ends with. */
export interface Row {
  what: string;
  /** What Shotboard needed, and what was measured beside it. */
  ours: string;
  beside: string;
  ratio: number;
  target: string;
}

const rows: Row[] = [];

/** Adds lines to the table, which is printed when the process ends. */
export function report(...more: Row[]): void {
  if (rows.length === 0) process.once("exit", print);
  rows.push(...more);
}

function print(): void {
  const head = ["", "Shotboard", "beside it", "ratio", "target"];
  const lines = [
    head,
    ...rows.map((row) => [row.what, row.ours, row.beside, row.ratio.toFixed(2), row.target]),
  ];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) console.log(line.map((cell, at) => cell.padEnd(widths[at]!)).join("   "));
}

/** The value below which a share of the values lies: 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}

export const ms = (value: number) => `${value.toFixed(value < 20 ? 1 : 0)} ms`;
export const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** One line of the table that a long run ends with. */
export interface Line {
  scenario: string;
  what: string;
  /** What came out. */
  found: string;
  /** What is promised; null where nothing is. */
  promised: string | null;
  isKept: boolean;
}

/** Longer words stand beneath the table. */
const WIDTH = 90;
const clip = (text: string) => (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text);

/** Prints what came out beside what is promised. */
export function printTable(lines: readonly Line[]): void {
  const rows = [
    ["", "scenario", "what", "found", "promised"],
    ...lines.map((line) => [
      line.isKept ? "✓" : "✗",
      line.scenario,
      clip(line.what),
      line.found,
      line.promised ?? "–",
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join("  ")
        .trimEnd()}\n`,
    );
  for (const { what } of lines) if (what.length > WIDTH) process.stdout.write(`\n${what}\n`);
}

/** A figure that may be at most so much. */
export const atMost = (scenario: string, what: string, found: number, most: number, unit = ""): Line => ({
  scenario,
  what,
  found: `${found}${unit}`,
  promised: most === 0 ? "0" : `≤ ${most}${unit}`,
  isKept: found <= most,
});

/** A figure that is only told. */
export const told = (scenario: string, what: string, found: string): Line => ({
  scenario,
  what,
  found,
  promised: null,
  isKept: true,
});

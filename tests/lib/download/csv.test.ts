import fc from "fast-check";
import { expect, test } from "vitest";
import { shotsCsv, type CsvShot } from "@/lib/download/csv";

/** As RFC 4180 reads it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < csv.length;) {
    let value = "";
    if (csv[at] === '"') {
      for (at += 1; ; at += 1) {
        if (csv[at] !== '"') value += csv[at];
        else if (csv[at + 1] === '"') {
          value += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else {
      const end = csv.slice(at).search(/,|\r\n/);
      value = csv.slice(at, at + end);
      at += end;
    }
    row.push(value);
    if (csv[at] === ",") at += 1;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}

const HEADER = ["number", "section", "text", "prompt", "seed", "model", "style", "credit", "file"];
const field = fc.oneof(fc.string(), fc.constantFrom('"', ",", "\r\n", "\n", " x ", "a,b", 'say "hi"'));

test("what is written is read back, whatever stands in the fields", () => {
  const shot = fc.record<CsvShot>({
    number: fc.integer({ min: 1 }),
    section: field,
    text: field,
    prompt: fc.option(field),
    seed: fc.option(fc.maxSafeNat()),
    model: fc.option(field),
    style: fc.option(field),
    credit: fc.option(field),
    file: fc.option(field),
  });
  fc.assert(
    fc.property(fc.array(shot, { maxLength: 5 }), (shots) => {
      const rows = parse(shotsCsv(shots));
      expect(rows[0]).toEqual(HEADER);
      expect(rows.slice(1)).toEqual(
        shots.map((one) => HEADER.map((name) => String(one[name as keyof CsvShot] ?? ""))),
      );
    }),
  );
});

test("a line is plain where it can be", () => {
  const shot = {
    section: "One",
    prompt: null,
    seed: 7,
    model: "M",
    style: null,
    credit: null,
    file: "001.png",
  };
  expect(shotsCsv([{ number: 1, text: "Hello, you", ...shot }])).toBe(
    `${HEADER.join(",")}\r\n1,One,"Hello, you",,7,M,,,001.png\r\n`,
  );
});

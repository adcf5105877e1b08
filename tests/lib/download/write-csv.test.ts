import fc from "fast-check";
import { expect, test } from "vitest";
import { writeCsv } from "@/lib/download/write-csv";
import { parseCsv } from "./parse-csv";

test("a table is commas and CRLF, with quotes only where they are needed", () => {
  const rows = [
    { number: 1, text: "The ferry left.", seed: 9_007_199_254_740_991 },
    { number: 2, text: 'He said "no", and left.', seed: null },
    { number: 3, text: "Two\nlines", seed: 0 },
  ];
  expect(writeCsv(["number", "text", "seed"], rows)).toBe(
    "number,text,seed\r\n" +
      "1,The ferry left.,9007199254740991\r\n" +
      '2,"He said ""no"", and left.",\r\n' +
      '3,"Two\nlines",0\r\n',
  );
});

test("a table without rows is its first line", () => {
  expect(writeCsv(["a", "b"], [])).toBe("a,b\r\n");
});

test("whatever is written is read back the same", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", " ", "a", "é", "=") }),
    fc.integer(),
    fc.constant(null),
  );
  const row = fc.record({ first: value, second: value, third: value });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const read = parseCsv(writeCsv(["first", "second", "third"], rows));
      expect(read).toEqual([
        ["first", "second", "third"],
        ...rows.map((one) => [one.first, one.second, one.third].map((some) => String(some ?? ""))),
      ]);
    }),
  );
});

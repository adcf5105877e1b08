import Papa from "papaparse";

/** One prompt of a table, for the shot with that number on the board. */
export interface PromptRow {
  /** From 1. */
  number: number;
  /** The sentence that it was written for; null where the table does not say. */
  text: string | null;
  /** "" takes the shot's own prompt away. */
  prompt: string;
}

export interface PromptTable {
  rows: PromptRow[];
  /** What could not be read, as sentences. */
  problems: string[];
}

const HEADER = ["Number", "Sentence", "Prompt"];
/** Names that people and chat programs give the columns. */
const NAMES = {
  number: /^(#|no\.?|nr\.?|num|number|id|shot|shot ?(no\.?|number)|index|scene)$/i,
  prompt: /^(prompt|image ?prompt|new ?prompt|picture|description)$/i,
  text: /^(text|sentence|line|script|narration)$/i,
};
/** Problems that are listed; more are counted. */
const LISTED = 20;

/** A table to be pasted into a spreadsheet, or handed to whoever writes the prompts: tabs between, one shot a line. */
export function writePromptTable(rows: readonly PromptRow[]): string {
  return Papa.unparse([HEADER, ...rows.map(({ number, text, prompt }) => [number, text ?? "", prompt])], {
    delimiter: "\t",
    newline: "\n",
  });
}

/**
 * Reads prompts from a table with tabs, commas or semicolons, a Markdown table, a numbered list, or JSON: an array of
 * objects with `number` and `prompt`, of strings in the order of the board, or an object of prompts by number.
 */
export function readPromptTable(source: string): PromptTable {
  // Tabs at the end are empty cells.
  const text = source
    .replace(/^\uFEFF/, "")
    .trimStart()
    .replace(/[\r\n ]+$/, "");
  if (text === "") return { rows: [], problems: [] };
  const read = /^[[{]/.test(text) ? readJson(text) : readLines(text);
  const last = new Map(read.rows.map((row) => [row.number, row]));
  const twice = read.rows.filter((row) => last.get(row.number) !== row);
  const problems = [
    ...read.problems,
    ...twice.map((row) => `Number ${row.number} stands there more than once: the last one counts.`),
  ];
  const more = problems.length - LISTED;
  return {
    rows: [...last.values()].toSorted((a, b) => a.number - b.number),
    problems: more > 0 ? [...problems.slice(0, LISTED), `And ${more.toLocaleString("en")} more.`] : problems,
  };
}

function readJson(source: string): PromptTable {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    // A numbered list may begin with a bracket too.
    const lines = readLines(source);
    return lines.rows.length > 0
      ? lines
      : { rows: [], problems: [`It begins as JSON and is none: ${(error as Error).message}`] };
  }
  if (Array.isArray(value))
    return collect(
      value.map((one: unknown, index) =>
        typeof one === "string" ? { number: index + 1, text: null, prompt: one } : fromObject(one, index),
      ),
    );
  const inner = Object.values(value as object).find(Array.isArray);
  if (inner && Object.keys(value as object).length === 1) return readJson(JSON.stringify(inner));
  return collect(
    Object.entries(value as object).map(([key, prompt]: [string, unknown]) =>
      typeof prompt === "string"
        ? { number: numberOf(key), text: null, prompt }
        : fromObject({ number: key, ...(prompt as object) }, 0),
    ),
  );
}

type Draft = { number: number | null; text: string | null; prompt: string | null };

function fromObject(one: unknown, index: number): Draft {
  const fields = Object.entries((one ?? {}) as object).map(
    ([name, value]: [string, unknown]) =>
      [name.replaceAll("_", " ").replaceAll("imageP", "image p"), value] as const,
  );
  const find = (name: RegExp) => fields.find(([key]) => name.test(key))?.[1];
  const number = find(NAMES.number);
  const text = find(NAMES.text);
  const prompt = find(NAMES.prompt);
  return {
    number: number === undefined ? index + 1 : numberOf(number),
    text: typeof text === "string" ? text : null,
    prompt: typeof prompt === "string" ? prompt : prompt === null ? "" : null,
  };
}

/** A whole number from 1, also with a sign before or a dot behind it; null for anything else. */
function numberOf(value: unknown): number | null {
  const digits = /^\s*#?\s*(\d{1,6})\s*[.)]?\s*$/.exec(String(value))?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}

function collect(drafts: readonly Draft[]): PromptTable {
  const table: PromptTable = { rows: [], problems: [] };
  drafts.forEach(({ number, text, prompt }, index) => {
    if (number === null) table.problems.push(`Row ${index + 1} has no number from 1 on.`);
    else if (prompt === null) table.problems.push(`Row ${index + 1}, number ${number}, has no prompt.`);
    else table.rows.push({ number, text: text?.trim() || null, prompt: prompt.trim() });
  });
  return table;
}

const LIST_LINE = /^\s*(?:[-*]\s*)?(?:\*\*)?(?:shot|scene)?\s*#?(\d{1,6})\s*[.):\-–](?:\*\*)?\s+(\S.*)$/i;

function readLines(source: string): PromptTable {
  const lines = source.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (!/[\t|]/.test(lines[0]!) && lines.every((line) => LIST_LINE.test(line)))
    return collect(
      lines.map((line) => {
        const [, number, prompt] = LIST_LINE.exec(line)!;
        return { number: Number(number), text: null, prompt: prompt! };
      }),
    );
  const isMarkdown = lines.every((line) => /^\s*\|.*\|\s*$/.test(line));
  const cells = isMarkdown ? markdownCells(lines) : delimitedCells(source);
  return fromCells(cells);
}

const markdownCells = (lines: readonly string[]): string[][] =>
  lines
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );

function delimitedCells(source: string): string[][] {
  const [head = ""] = source.split("\n", 1);
  // Prompts are full of commas: what has tabs is a table of tabs.
  const delimiter = head.includes("\t") ? { delimiter: "\t" } : { delimitersToGuess: [",", ";"] };
  const parse = (more: Papa.ParseConfig) =>
    Papa.parse<string[]>(source, { skipEmptyLines: "greedy", ...delimiter, ...more });
  const { data, errors } = parse({});
  // Prompts begin with quotation marks that mean nothing: they would swallow the rows behind them.
  return errors.some((error) => error.type === "Quotes") ? parse({ quoteChar: "\0" }).data : data;
}

function fromCells(cells: readonly string[][]): PromptTable {
  const [head = []] = cells;
  const find = (name: RegExp) => head.findIndex((cell) => name.test(cell.trim()));
  const named = { number: find(NAMES.number), text: find(NAMES.text), prompt: find(NAMES.prompt) };
  const hasHeader = named.number >= 0 && named.prompt >= 0;
  if (!hasHeader && numberOf(head[0] ?? "") === null)
    return {
      rows: [],
      problems: [
        `Two columns are needed: the number of the shot, and its prompt. The first line is “${head.join(" ").slice(0, 80)}”.`,
      ],
    };
  // Without names, the number stands first and the prompt last.
  const width = head.length;
  const { number, text, prompt } = hasHeader
    ? named
    : { number: 0, text: width > 2 ? 1 : -1, prompt: width - 1 };
  return collect(
    (hasHeader ? cells.slice(1) : cells).map((row) => ({
      number: numberOf(row[number] ?? ""),
      text: text < 0 ? null : (row[text] ?? null),
      prompt: row[prompt] !== undefined && prompt !== number ? row[prompt] : null,
    })),
  );
}

import { packIds, unpackIds } from "./pack-ids";

/**
 * One field of all rows, in the shortest of these forms. A board of thousands of shots is mostly the same values
 * again and again, and what can be told from the rest is not written at all.
 */
export type Column =
  /** As they are. */
  | { list: unknown[] }
  /** UUIDs and nulls. */
  | { ids: string }
  /** A few different values: runs of an index into `of` and how often it comes. */
  | { of: unknown[]; runs: number[] }
  /** As predicted, but for those at these places: an index and its value, again and again. */
  | { but: unknown[] }
  /** Objects of the same fields, or null: how many are null, how many are not, and so on. */
  | { rows: PackedRows; runs: number[] };

export interface PackedRows {
  count: number;
  columns: Record<string, Column>;
}

type Row = Record<string, unknown>;

/** Tells a field from the fields of its row that were told before it, and from the row before. */
export type Predict = (row: Row, index: number, before: Row | null) => unknown;

export interface Scheme {
  /** Fields that can be told, in the order in which they are. */
  predict: Record<string, Predict>;
  /** Fields that hold objects. The predictions are given the outer row's index. */
  objects: Record<string, { predict: (outer: Row) => Row }>;
}

/** A field has a table of values where those are at most this part of the rows. */
const FEW = 1 / 4;

/** Rows of the same fields as columns. */
export function packRows(rows: readonly Row[], scheme: Scheme): PackedRows {
  const columns: Record<string, Column> = {};
  for (const name of Object.keys(rows[0] ?? {})) {
    const predict = scheme.predict[name];
    const objects = scheme.objects[name];
    const values = rows.map((row) => row[name]);
    columns[name] = predict
      ? { but: exceptions(rows, name, predict) }
      : objects
        ? packObjects(rows, name, objects.predict)
        : packValues(values);
  }
  return { count: rows.length, columns };
}

/** What `packRows` was given, with the same scheme. */
export function unpackRows({ count, columns }: PackedRows, scheme: Scheme): Row[] {
  const rows: Row[] = Array.from({ length: count }, () => ({}));
  const names = Object.keys(columns);
  const told = Object.keys(scheme.predict).filter((name) => names.includes(name));
  const objects = names.filter((name) => name in scheme.objects);
  for (const name of names.filter((one) => !told.includes(one) && !objects.includes(one)))
    unpackValues(columns[name]!, count).forEach((value, index) => (rows[index]![name] = value));
  for (const name of told) unpackPredicted(rows, name, columns[name]!, scheme.predict[name]!);
  for (const name of objects) unpackObjects(rows, name, columns[name]!, scheme.objects[name]!.predict);
  return rows;
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function exceptions(rows: readonly Row[], name: string, predict: Predict): unknown[] {
  return rows.flatMap((row, index) =>
    isSame(row[name], predict(row, index, rows[index - 1] ?? null)) ? [] : [index, row[name]],
  );
}

function unpackPredicted(rows: Row[], name: string, column: Column, predict: Predict): void {
  const but = "but" in column ? column.but : [];
  const known = new Map<unknown, unknown>();
  for (let at = 0; at < but.length; at += 2) known.set(but[at], but[at + 1]);
  rows.forEach((row, index) => {
    row[name] = known.has(index) ? known.get(index) : predict(row, index, rows[index - 1] ?? null);
  });
}

function packValues(values: readonly unknown[]): Column {
  const of: unknown[] = [];
  const places = new Map<string, number>();
  const runs: number[] = [];
  for (const value of values) {
    const key = JSON.stringify(value);
    let place = places.get(key);
    if (place === undefined) {
      place = of.length;
      places.set(key, place);
      of.push(value);
      if (of.length > 1 && of.length > values.length * FEW) return packMany(values);
    }
    if (runs.at(-2) === place) runs[runs.length - 1]! += 1;
    else runs.push(place, 1);
  }
  return { of, runs };
}

function packMany(values: readonly unknown[]): Column {
  const ids = packIds(values);
  return ids === null ? { list: [...values] } : { ids };
}

function unpackValues(column: Column, count: number): unknown[] {
  if ("list" in column) return column.list;
  if ("ids" in column) return unpackIds(column.ids);
  if (!("of" in column)) return Array.from({ length: count }, () => null);
  const values: unknown[] = [];
  for (let at = 0; at < column.runs.length; at += 2)
    for (let left = column.runs[at + 1]!; left > 0; left -= 1) values.push(column.of[column.runs[at]!]);
  return values;
}

/** The scheme of objects inside rows: what their rows tell of them. */
const schemeOf = (outer: readonly Row[], predict: (outer: Row) => Row): Scheme => {
  const told = outer.map(predict);
  const names = Object.keys(told[0] ?? {});
  return {
    predict: Object.fromEntries(names.map((name) => [name, (_, index) => told[index]![name]])),
    objects: {},
  };
};

function packObjects(rows: readonly Row[], name: string, predict: (outer: Row) => Row): Column {
  const runs: number[] = [0];
  const isNull = rows.map((row) => row[name] === null);
  isNull.forEach((is, index) => {
    if (is === (isNull[index - 1] ?? true)) runs[runs.length - 1]! += 1;
    else runs.push(1);
  });
  const outer = rows.filter((_, index) => !isNull[index]);
  const inner = outer.map((row) => row[name] as Row);
  return { rows: packRows(inner, schemeOf(outer, predict)), runs };
}

function unpackObjects(rows: Row[], name: string, column: Column, predict: (outer: Row) => Row): void {
  if (!("rows" in column)) throw new Error(`The packed board has no objects in ${name}.`);
  const outer: Row[] = [];
  let index = 0;
  column.runs.forEach((length, run) => {
    for (let left = length; left > 0; left -= 1, index += 1) {
      const row = rows[index]!;
      row[name] = null;
      if (run % 2 === 1) outer.push(row);
    }
  });
  unpackRows(column.rows, schemeOf(outer, predict)).forEach((inner, at) => (outer[at]![name] = inner));
}

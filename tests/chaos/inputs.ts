import fc, { type Arbitrary } from "fast-check";
import { z } from "zod";

/** The part of JSON Schema that zod writes for our inputs. */
export interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: boolean | Shape;
  items?: Shape;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

/** Values that mean something to the server, by the name of their field: only they lead further than the check. */
export type Known = Record<string, readonly string[]>;

export const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;

/** What nobody expects in a field. */
const garbage: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom<unknown>(
    null,
    "",
    " ",
    "\u0000",
    "../../etc/passwd",
    "..\\..\\x",
    "%00",
    "con",
    "-",
    "'; drop table projects; --",
    "\ud800",
    "𝓢".repeat(100),
    "a".repeat(70_000),
    -1,
    0.5,
    1e308,
    2 ** 53,
    -(2 ** 31) - 1,
    [],
    {},
    [[[[]]]],
    { toString: 1 },
    { constructor: { prototype: { isAdmin: true } } },
    JSON.parse('{"__proto__": {"isAdmin": true}}'),
  ),
);

/** Inputs for a schema: a third valid but for what a schema cannot tell, a third nearly so, a third anything. */
export function inputsFor(shape: Shape, known: Known): Arbitrary<unknown> {
  return fc.oneof(valueOf(shape, known, 0), valueOf(shape, known, 0.15), garbage);
}

/**
 * @param spoilt the share of values that are garbage instead
 * @param name of the field
 */
function valueOf(shape: Shape, known: Known, spoilt: number, name = ""): Arbitrary<unknown> {
  const fine = fineValueOf(shape, known, spoilt, name);
  if (spoilt === 0) return fine;
  const weight = Math.round(spoilt * 100);
  return fc.oneof({ arbitrary: fine, weight: 100 - weight }, { arbitrary: garbage, weight });
}

function fineValueOf(shape: Shape, known: Known, spoilt: number, name: string): Arbitrary<unknown> {
  const { type, anyOf, items } = shape;
  if ("const" in shape) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if (anyOf) return fc.oneof(...anyOf.map((one) => valueOf(one, known, spoilt, name)));
  if (shape.allOf) return valueOf(Object.assign({}, ...shape.allOf) as Shape, known, spoilt, name);
  if (type === "object") return objectOf(shape, known, spoilt);
  if (type === "array")
    return fc.array(valueOf(items ?? {}, known, spoilt, name.replace(/s$/, "")), {
      minLength: Math.min(shape.minItems ?? 0, 3),
      maxLength: Math.min(shape.maxItems ?? 3, 3),
    });
  if (type === "string") return textOf(shape, known[name], spoilt > 0);
  if (type === "integer") return fc.integer(rangeOf(shape));
  if (type === "number")
    return fc.oneof(fc.integer(rangeOf(shape)), fc.double({ ...rangeOf(shape), noNaN: true }));
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  return garbage;
}

function objectOf(shape: Shape, known: Known, spoilt: number): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = shape;
  const fields = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [key, valueOf(one, known, spoilt, key)]),
    ),
    // One that is nearly valid lacks a field now and then.
    { requiredKeys: spoilt > 0 ? [] : required },
  );
  const hasMore = typeof additionalProperties === "object" || spoilt > 0;
  if (!hasMore) return fields;
  const more = typeof additionalProperties === "object" ? additionalProperties : {};
  const others = fc.dictionary(fc.string({ maxLength: 12 }), valueOf(more, known, spoilt), { maxKeys: 1 });
  return fc.tuple(fields, others).map(([own, added]) => ({ ...added, ...own }));
}

/** @param isSpoilt whether some hold what no database takes: a NUL, half a character */
function textOf(
  { minLength = 0, maxLength = 60, pattern }: Shape,
  values: readonly string[] | undefined,
  isSpoilt: boolean,
): Arbitrary<string> {
  const any = pattern
    ? fc.stringMatching(new RegExp(pattern, "u")).map((text) => text.slice(0, maxLength))
    : fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: "grapheme" });
  const some = fc.oneof(
    { arbitrary: any, weight: 3 },
    ...(isSpoilt ? [{ arbitrary: fc.constantFrom("a\u0000b", "a\ud800b", "\udc00"), weight: 1 }] : []),
  );
  if (!values?.length) return some;
  return fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 4 }, { arbitrary: some, weight: 1 });
}

const rangeOf = ({ minimum = -1_000, maximum = 1_000 }: Shape) => ({
  min: Math.max(minimum, -(2 ** 31)),
  max: Math.min(maximum, 2 ** 31 - 1),
});

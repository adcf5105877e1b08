import type { Link } from "@/server/workflow/graph";
import { choicesOf, type InputSpec } from "./node-definitions";

/** One complaint about one input. */
export interface InputError {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}

/** What ComfyUI says about a value that stands in an input itself, or null if it is fine. */
export function checkValue(name: string, value: unknown, spec: InputSpec): InputError | null {
  const [type, options = {}] = spec;
  const config = [type, options];
  const received = { input_name: name, input_config: config, received_value: value };
  if (type === "INT" || type === "FLOAT") {
    const number = toNumber(value, type);
    if (typeof number === "string") {
      return {
        type: "invalid_input_type",
        message: `Failed to convert an input value to a ${type} value`,
        details: `${name}, ${pythonText(value)}, ${number}`,
        extra_info: { ...received, exception_message: number },
      };
    }
    const { min, max } = options;
    if (typeof min === "number" && number < min) {
      const message = `Value ${number} smaller than min of ${min}`;
      return {
        type: "value_smaller_than_min",
        message,
        details: name,
        extra_info: { ...received, received_value: number },
      };
    }
    if (typeof max === "number" && number > max) {
      const message = `Value ${number} bigger than max of ${max}`;
      return {
        type: "value_bigger_than_max",
        message,
        details: name,
        extra_info: { ...received, received_value: number },
      };
    }
  }
  const choices = choicesOf(spec);
  // An upload input is checked by the node itself, against the folder of uploads.
  if (choices && options["image_upload"] !== true && !choices.includes(value)) {
    const long = choices.length > 20;
    const list = long ? `(list of length ${choices.length})` : pythonList(choices);
    return {
      type: "value_not_in_list",
      message: "Value not in list",
      details: `${name}: '${pythonText(value)}' not in ${list}`,
      extra_info: { ...received, input_config: long ? null : config },
    };
  }
  return null;
}

/** What ComfyUI says about a link whose output is of another type than the input, or null if they fit. */
export function linkMismatch(name: string, link: Link, spec: InputSpec, output: unknown): InputError | null {
  const wanted = Array.isArray(spec[0]) ? "COMBO" : spec[0];
  const given = Array.isArray(output) ? "COMBO" : output;
  if (typeof wanted !== "string" || given === "*" || wanted === "*") return null;
  // Types of newer nodes may name several, separated by commas, or a template that takes any.
  if (wanted.startsWith("COMFY_") || String(given).startsWith("COMFY_")) return null;
  if (wanted.split(",").includes(String(given))) return null;
  return {
    type: "return_type_mismatch",
    message: "Return type mismatch between linked nodes",
    details: `${name}, received_type(${String(given)}) mismatch input_type(${wanted})`,
    extra_info: {
      input_name: name,
      input_config: [spec[0], spec[1] ?? {}],
      received_type: given,
      linked_node: link,
    },
  };
}

/** The number that Python's int() or float() makes of a value, or the text of the exception. */
function toNumber(value: unknown, type: "INT" | "FLOAT"): number | string {
  if (typeof value === "number") return type === "INT" ? Math.trunc(value) : value;
  if (typeof value === "boolean") return Number(value);
  const isInt = type === "INT";
  if (typeof value === "string") {
    const pattern = isInt ? /^\s*[+-]?\d+\s*$/ : /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
    if (pattern.test(value)) return Number(value);
    return isInt
      ? `invalid literal for int() with base 10: ${pythonQuote(value)}`
      : `could not convert string to float: ${pythonQuote(value)}`;
  }
  const kind = value === null ? "NoneType" : "dict";
  return isInt
    ? `int() argument must be a string, a bytes-like object or a real number, not '${kind}'`
    : `float() argument must be a string or a real number, not '${kind}'`;
}

function pythonText(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function pythonQuote(text: string): string {
  return text.includes("'") && !text.includes('"')
    ? `"${text}"`
    : `'${text.replaceAll("'", String.raw`\'`)}'`;
}

function pythonList(values: readonly unknown[]): string {
  return `[${values.map((value) => (typeof value === "string" ? pythonQuote(value) : pythonText(value))).join(", ")}]`;
}

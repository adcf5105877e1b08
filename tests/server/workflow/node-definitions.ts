import type { Graph } from "@/server/workflow/graph";
import { isLink } from "@/server/workflow/graph";

import { readFixture } from "./sample-graphs";

interface Definition {
  input: { required?: Record<string, [unknown, Limits?]>; optional?: Record<string, [unknown, Limits?]> };
  output: string[];
}
interface Limits {
  min?: number;
  max?: number;
  options?: unknown[];
}

/** The definitions of a real ComfyUI 0.26, for the classes of the default workflows. */
const definitions = readFixture("object_info.json") as Record<string, Definition>;

/** What ComfyUI would refuse: unknown classes, missing and unknown inputs, wrong types, values out of range. */
export function problemsOf(graph: Graph): string[] {
  return Object.entries(graph).flatMap(([id, node]) => {
    const definition = definitions[node.class_type];
    if (!definition) return [`${id}: no class ${node.class_type}`];
    const { required = {}, optional = {} } = definition.input;
    const known = { ...optional, ...required };
    const missing = Object.keys(required).filter((input) => !(input in node.inputs));
    const unknown = Object.keys(node.inputs).filter((input) => !(input in known));
    return [
      ...missing.map((input) => `${id}: ${input} is missing`),
      ...unknown.map((input) => `${id}: ${input} is unknown`),
      ...Object.entries(known).flatMap(([input, [type, limits]]) => {
        const problem = input in node.inputs ? problemOf(graph, node.inputs[input], type, limits) : null;
        return problem ? [`${id}: ${input} ${problem}`] : [];
      }),
    ];
  });
}

function problemOf(graph: Graph, value: unknown, type: unknown, limits: Limits = {}): string | null {
  if (isLink(value)) {
    const source = graph[value[0]];
    const gives = source && definitions[source.class_type]?.output[value[1]];
    return gives === type ? null : `takes ${String(type)} and gets ${String(gives)}`;
  }
  const choices = Array.isArray(type) ? type : type === "COMBO" ? limits.options : undefined;
  if (choices) return choices.includes(value) ? null : `has no choice ${String(value)}`;
  if (type === "STRING") return typeof value === "string" ? null : "is not a text";
  if (type !== "INT" && type !== "FLOAT") return `takes a link to ${String(type)}`;
  if (typeof value !== "number" || (type === "INT" && !Number.isInteger(value)))
    return `is not of type ${type}`;
  return value < (limits.min ?? value) || value > (limits.max ?? value) ? `is out of range: ${value}` : null;
}

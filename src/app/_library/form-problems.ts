import type { z } from "zod";
import type { Problem } from "../_data/problem";

/** What is wrong with each field, by its name. */
export type FieldProblems = Readonly<Record<string, string>>;

/** What a schema says about a form's values, the first of each field. */
export function fieldProblems(schema: z.ZodType, values: unknown): FieldProblems {
  const parsed = schema.safeParse(values);
  if (parsed.success) return {};
  const problems: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) problems[String(path[0] ?? "")] ??= message;
  return problems;
}

/** The server's refusal at the field it names; `fields` are those that the form shows. */
export function atField(problem: Problem | null, fields: readonly string[]): FieldProblems {
  const field = problem?.field?.split(".")[0];
  if (!problem || field === undefined || !fields.includes(field)) return {};
  return { [field]: [problem.message, problem.remedy].filter(Boolean).join(" ") };
}

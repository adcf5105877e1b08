import type { Failure } from "@/lib/schemas/common";

/** Failures that come back each time until something is changed: a retry alone does not help. */
const LASTING = /^(missing_|invalid_|model_|style_|lora_|refused$|too_large$)/;

/** What a failed shot offers on its picture: to try again, or to show what has to be changed first. */
export function remedyOf(error: Failure | null): { act: "retry" | "show"; label: string } {
  if (error === null || !LASTING.test(error.code)) return { act: "retry", label: "Retry" };
  return { act: "show", label: error.code === "missing_file" ? "Show missing file" : "Show what to do" };
}

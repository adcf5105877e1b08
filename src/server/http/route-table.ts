import { safeDecode } from "./access";
import { badRequest } from "@/lib/errors";

/** The values of a pattern's `:names` in a path, or null where it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const raw = given[index]!;
    if (!part.startsWith(":")) {
      if (part !== raw) return null;
      continue;
    }
    if (raw === "") return null;
    const value = safeDecode(raw);
    if (value === null || value.includes("\u0000"))
      throw badRequest("bad_path", "The address is not validly encoded.", part.slice(1), "Correct it.");
    values[part.slice(1)] = value;
  }
  return values;
}

import { LIMITS } from "@/lib/limits";

/** A project's name from a file's: without folder and ending, with spaces for joining marks. */
export function nameFrom(fileName: string): string {
  const base = fileName.replace(/^.*[/\\]/, "").replace(/\.[^.]+$/, "");
  return base.replace(/[_-]+/g, " ").trim().slice(0, LIMITS.name);
}

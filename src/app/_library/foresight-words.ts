import type { Foresight } from "@/lib/schemas/common";
import { counted } from "../_ui/wording";

/**
 * What saving a change does to pictures, as a sentence.
 * @param isOnlyNew whether it is for new pictures only
 * @param act how the change is made: "Saving"
 */
export function foresightWords(
  { shots, projects, locked }: Foresight,
  isOnlyNew = false,
  act = "Saving",
): string {
  if (shots === 0) return "No picture changes by this.";
  const where = projects > 1 ? ` in ${counted(projects, "project")}` : "";
  if (isOnlyNew)
    return `${act} leaves ${counted(shots, "picture")}${where} as ${shots === 1 ? "it is" : "they are"}: only new ones are made with the change.`;
  const kept =
    locked === 0 ? "" : ` ${locked.toLocaleString("en")} of them ${locked === 1 ? "is" : "are"} locked.`;
  return `${act} marks ${counted(shots, "picture")}${where} as changed.${kept}`;
}

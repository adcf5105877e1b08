import type { Foresight } from "@/lib/schemas/common";
import { counted } from "../_ui/wording";

/** What saving a change does to pictures, as a sentence. */
export function foresightWords({ shots, projects, locked }: Foresight): string {
  if (shots === 0) return "No picture changes by this.";
  const where = projects > 1 ? ` in ${counted(projects, "project")}` : "";
  const kept =
    locked === 0 ? "" : ` ${locked.toLocaleString("en")} of them ${locked === 1 ? "is" : "are"} locked.`;
  return `Saving marks ${counted(shots, "picture")}${where} as changed.${kept}`;
}

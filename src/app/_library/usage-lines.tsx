import Link from "next/link";
import type { ReactNode } from "react";
import { counted } from "../_ui/wording";

interface Usage {
  projects: readonly { id: string; name: string }[];
  shots: number;
  jobs: number;
}

/** Projects that are named one by one. */
const NAMED = 5;

/** What uses a thing, a line each; none where nothing does. */
export function usageLines({ projects, shots, jobs }: Usage): ReactNode[] {
  const lines: ReactNode[] = projects.slice(0, NAMED).map(({ id, name }) => (
    <Link key={id} href={`/projects/${id}`} className="text-text underline underline-offset-2">
      {name}
    </Link>
  ));
  if (projects.length > NAMED) lines.push(`${counted(projects.length - NAMED, "project")} more`);
  if (shots > 0)
    lines.push(`${counted(shots, "shot")} with a choice of ${shots === 1 ? "its" : "their"} own`);
  if (jobs > 0) lines.push(`${counted(jobs, "picture")} in line`);
  return lines;
}

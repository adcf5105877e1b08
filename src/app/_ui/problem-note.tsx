import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface ProblemNoteProps {
  problem: { message: string; remedy: string | null };
  /** What can be done about it here. */
  children?: ReactNode;
}

/** What went wrong and what to do about it. */
export function ProblemNote({ problem, children }: ProblemNoteProps) {
  return (
    <div role="alert" className="flex gap-2 rounded border-l-2 border-bad bg-ground px-3 py-2">
      <CircleAlert size={16} className="mt-[2px] shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 flex-1 space-y-1 break-words">
        <p className="text-text">{problem.message}</p>
        {problem.remedy && <p className="text-soft">{problem.remedy}</p>}
        {children && <div className="flex flex-wrap gap-2 pt-1">{children}</div>}
      </div>
    </div>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../_data/trpc";
import { shotPath } from "../_ui/shot-path";
import { counted } from "../_ui/wording";

/** ms between two looks. */
const LOOK = 3_000;
/** Lines that are shown. */
const MOST = 4;

interface ActivityListProps {
  url: string;
  /** Whether it answers. */
  isThere: boolean;
}

/** What runs and waits on a ComfyUI, also of other programs. */
export function ActivityList({ url, isThere }: ActivityListProps) {
  const trpc = useTRPC();
  const activity = useQuery({
    ...trpc.server.activity.queryOptions({ url }),
    refetchInterval: LOOK,
    retry: false,
    enabled: isThere,
  });
  const items = isThere && !activity.isError ? (activity.data?.items ?? []) : [];
  const foreign = items.filter((one) => one.shot === null).length;
  return (
    // Room for the picture that is painted, which comes and goes all the time.
    <div className="mt-2 min-h-[39px] space-y-1">
      <h4 className="text-meta text-muted">
        In its queue:{" "}
        {!isThere ? "not known" : items.length === 0 ? "nothing" : items.length.toLocaleString("en")}
        {foreign > 0 && `, ${foreign.toLocaleString("en")} of other programs`}
      </h4>
      <ol className="space-y-0.5">
        {items.slice(0, MOST).map(({ promptId, isRunning, shot, nodes }) => (
          <li key={promptId} className="flex min-w-0 items-baseline gap-2">
            <span className="w-14 shrink-0 text-meta text-muted">{isRunning ? "runs" : "waits"}</span>
            {shot ? (
              <span className="min-w-0 truncate">
                <Link href={shotPath(shot)} className="text-soft hover:text-text hover:underline">
                  {shot.projectName}
                </Link>
                <span className="text-muted"> · {shot.text}</span>
              </span>
            ) : (
              <span className="min-w-0 truncate text-soft">
                Another program’s
                {nodes !== null && <span className="text-muted"> · {counted(nodes, "node")}</span>}
              </span>
            )}
          </li>
        ))}
      </ol>
      {items.length > MOST && (
        <p className="text-meta text-muted">and {(items.length - MOST).toLocaleString("en")} more</p>
      )}
    </div>
  );
}

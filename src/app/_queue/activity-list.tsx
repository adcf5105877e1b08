"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../_data/trpc";
import { counted } from "../_ui/wording";

/** ms between two looks. */
const LOOK = 3_000;
/** Lines that are shown. */
const MOST = 4;

/** What runs and waits on a ComfyUI, also of other programs. Nothing where it is idle. */
export function ActivityList({ url }: { url: string }) {
  const trpc = useTRPC();
  const activity = useQuery({
    ...trpc.server.activity.queryOptions({ url }),
    refetchInterval: LOOK,
    retry: false,
  });
  const items = activity.data?.items ?? [];
  if (activity.isError || items.length === 0) return null;
  const foreign = items.filter((one) => one.shot === null).length;
  return (
    <div className="mt-3 space-y-1">
      <h4 className="text-meta text-muted">
        In its queue: {items.length.toLocaleString("en")}
        {foreign > 0 && `, ${foreign.toLocaleString("en")} of other programs`}
      </h4>
      <ol className="space-y-0.5">
        {items.slice(0, MOST).map(({ promptId, isRunning, shot, nodes }) => (
          <li key={promptId} className="flex min-w-0 items-baseline gap-2">
            <span className="w-14 shrink-0 text-meta text-muted">{isRunning ? "runs" : "waits"}</span>
            {shot ? (
              <span className="min-w-0 truncate">
                <Link
                  href={`/projects/${shot.projectId}`}
                  className="text-soft hover:text-text hover:underline"
                >
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

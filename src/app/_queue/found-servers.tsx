"use client";
import { useQuery } from "@tanstack/react-query";
import { Radar } from "lucide-react";
import type { ServerReport } from "@/lib/schemas/server";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { ProblemNote } from "../_ui/problem-note";
import { ReportCard } from "./report-card";

/** ms between two looks: ComfyUI may be starting right now. */
const LOOK = 5_000;

interface FoundServersProps {
  onConnect: (report: ServerReport) => void;
  /** The address that is being connected. */
  connecting: string | null;
  /** Whether none is connected yet. */
  isDemo: boolean;
}

/** The ComfyUIs that run on this machine, on the ports that they usually have. */
export function FoundServers({ onConnect, connecting, isDemo }: FoundServersProps) {
  const trpc = useTRPC();
  const found = useQuery({ ...trpc.server.find.queryOptions(), refetchInterval: LOOK });
  const items = found.data?.items ?? [];
  if (items.length > 0)
    return (
      <ul className="space-y-3">
        {items.map((report) => (
          <li key={report.url}>
            <ReportCard report={report} title="Found on this machine">
              <Button
                look="primary"
                isBusy={connecting === report.url}
                disabled={connecting !== null}
                onClick={() => onConnect(report)}
              >
                Connect {new URL(report.url).host}
              </Button>
            </ReportCard>
          </li>
        ))}
      </ul>
    );
  return (
    <div className="flex items-start gap-3 rounded border border-dashed border-edge px-4 py-3">
      <Radar size={16} className="mt-[2px] shrink-0 text-muted" aria-hidden />
      <div className="min-w-0">
        <p aria-live="polite">
          {found.isPending
            ? "Looking for ComfyUI on this machine…"
            : isDemo
              ? "No ComfyUI runs on this machine, on port 8188 or 8000."
              : "No other ComfyUI runs on this machine, on port 8188 or 8000."}
        </p>
        <p className="text-meta text-muted">
          Start it and it appears here by itself. On another machine, start it with --listen and enter its
          address above.
        </p>
        {found.isError && <ProblemNote problem={toProblem(found.error)} />}
      </div>
    </div>
  );
}

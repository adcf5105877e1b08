import type { ReactNode } from "react";
import type { ServerReport } from "@/lib/schemas/server";
import { bytes } from "../_ui/wording";
import { deviceName } from "./lane-light";
import { ModelReadiness } from "./model-readiness";

interface ReportCardProps {
  report: ServerReport;
  title: string;
  /** What can be done with it. */
  children: ReactNode;
}

/** A ComfyUI that is not connected yet: what it is, and what is missing there. */
export function ReportCard({ report, title, children }: ReportCardProps) {
  const { url, version, device, vramTotal, models, queueRemaining } = report;
  const facts = [
    device === null ? "no GPU told" : deviceName(device),
    vramTotal === null ? null : `${bytes(vramTotal)} memory`,
    version === null ? "a version too old to tell" : `ComfyUI ${version}`,
    queueRemaining === 0 ? null : `${queueRemaining.toLocaleString("en")} in its queue`,
  ];
  return (
    <div className="space-y-3 rounded border border-accent/50 bg-raised p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-meta text-muted">{title}</p>
          <p className="font-medium wrap-anywhere">{url}</p>
          <p className="text-soft">{facts.filter((one) => one !== null).join(" · ")}</p>
        </div>
        {children}
      </div>
      <ModelReadiness models={models} />
    </div>
  );
}

"use client";
import { Pause, Play } from "lucide-react";
import type { QueueStatus } from "@/lib/schemas/queue";
import { Button } from "../_ui/button";
import { clock } from "../_ui/wording";
import { isInTrouble, laneName, laneWords } from "./lane-light";
import { Light } from "./light";

interface LaneListProps {
  queue: QueueStatus;
  onPause: (isPaused: boolean, lane: string) => void;
}

/** Every ComfyUI with its state, the reason of its trouble, and a way to pause it. */
export function LaneList({ queue, onPause }: LaneListProps) {
  return (
    <ul className="divide-y divide-line">
      {queue.lanes.map((lane) => {
        const { tone, label, detail } = laneWords(lane);
        const canTryNow = isInTrouble(lane);
        return (
          <li key={lane.url} className="flex items-start gap-3 py-3">
            <span className="pt-[7px]">
              <Light tone={tone} />
            </span>
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap gap-x-2">
                <span className="font-medium">{laneName(lane, queue.isDemo)}</span>
                <span className="text-soft">{label}</span>
              </p>
              <p className="truncate text-meta text-muted">
                {queue.isDemo ? "Built in" : lane.url}
                {lane.version && ` · ComfyUI ${lane.version}`}
                {lane.queueRemaining !== null &&
                  lane.queueRemaining > 0 &&
                  ` · ${lane.queueRemaining} in its queue`}
              </p>
              {detail && <p className="mt-1 text-meta text-soft">{detail}</p>}
              {canTryNow && lane.retryAt && (
                <p className="text-meta text-muted">
                  It is asked again by itself, next at {clock(Date.parse(lane.retryAt))}.
                </p>
              )}
            </div>
            {canTryNow ? (
              <Button onClick={() => onPause(false, lane.url)}>Try now</Button>
            ) : (
              queue.lanes.length > 1 && (
                <Button onClick={() => onPause(lane.state !== "paused", lane.url)}>
                  {lane.state === "paused" ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
                  {lane.state === "paused" ? "Resume" : "Pause"}
                </Button>
              )
            )}
          </li>
        );
      })}
    </ul>
  );
}

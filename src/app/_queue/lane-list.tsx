"use client";
import type { QueueStatus } from "@/lib/schemas/queue";
import { isInTrouble, laneName, laneWords } from "./lane-light";
import { LanePauseButton } from "./lane-pause-button";
import { LaneRetry, LaneState } from "./lane-state";
import { Light } from "./light";

interface LaneListProps {
  queue: QueueStatus;
  onPause: (isPaused: boolean, lane?: string, reason?: string) => void;
}

/** Every ComfyUI with its state, the reason of its trouble, and a way to pause it. */
export function LaneList({ queue, onPause }: LaneListProps) {
  return (
    <ul className="divide-y divide-line">
      {queue.lanes.map((lane) => {
        const { tone, label } = laneWords(lane);
        const name = laneName(lane, queue.isDemo);
        const isWell = lane.state === "ready" || lane.state === "busy";
        return (
          <li key={lane.url} className="py-3">
            <div className="flex items-start gap-3">
              <span className="pt-[7px]">
                <Light tone={tone} />
              </span>
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap gap-x-2">
                  <span className="font-medium">{name}</span>
                  <span className="text-soft">{label}</span>
                </p>
                <p className="truncate text-meta text-muted">
                  {queue.isDemo ? "Built in" : lane.url}
                  {lane.version && ` · ComfyUI ${lane.version}`}
                  {lane.queueRemaining !== null &&
                    lane.queueRemaining > 0 &&
                    ` · ${lane.queueRemaining} in its queue`}
                </p>
              </div>
              <LanePauseButton lane={lane} name={name} hasOthers={queue.lanes.length > 1} onPause={onPause} />
            </div>
            {!isWell && (
              <div className="mt-1 pl-5">
                <LaneState
                  lane={lane}
                  queue={queue}
                  name={name}
                  onReason={(reason) => onPause(true, lane.url, reason)}
                />
                {isInTrouble(lane) && (
                  <p className="text-meta text-muted">
                    <LaneRetry lane={lane} />
                  </p>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

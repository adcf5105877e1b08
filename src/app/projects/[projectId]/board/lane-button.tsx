"use client";
import { Pause, Play } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import type { QueueStatus } from "@/lib/schemas/queue";
import { LaneList } from "../../../_queue/lane-list";
import { queueLight } from "../../../_queue/lane-light";
import { Light } from "../../../_queue/light";
import { PauseNote } from "../../../_queue/pause-note";
import { Button } from "../../../_ui/button";
import { counted } from "../../../_ui/wording";
import type { RunView } from "../model/run";
import { useBoard } from "./board-context";

interface LaneButtonProps {
  queue: QueueStatus;
  isLive: boolean;
  run: RunView | null;
}

/** The lane light, which opens the queue. */
export function LaneButton({ queue, isLive, run }: LaneButtonProps) {
  const { actions } = useBoard();
  const { tone, label, detail } = queueLight(queue, isLive);
  const { pause } = queue;
  const isRunning = run !== null && run.over < run.total;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`Queue: ${label}`}
        className="flex h-8 min-w-0 items-center gap-2 rounded px-2 text-soft hover:bg-lifted hover:text-text data-[state=open]:bg-lifted touch:h-11"
      >
        <Light tone={tone} />
        <span className="truncate max-sm:sr-only" title={label}>
          {label}
        </span>
        {isRunning && tone === "busy" && (
          // As wide as it will be at its longest, so that nothing beside it moves.
          <span
            className="shrink-0 text-right text-muted max-xl:hidden"
            style={{ minWidth: `${run.total.toLocaleString("en").length * 2 + 1}ch` }}
          >
            {run.over.toLocaleString("en")}/{run.total.toLocaleString("en")}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Queue"
          className="z-40 w-[min(380px,calc(100vw-16px))] animate-appear rounded bg-raised shadow"
        >
          <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
            <p className="flex-1">
              <span className="font-medium">Queue</span>{" "}
              <span className="text-soft">
                {queue.running + queue.queued === 0
                  ? "Empty"
                  : `${counted(queue.running, "picture")} being painted, ${queue.queued.toLocaleString("en")} in line`}
              </span>
            </p>
            <Button onClick={() => void actions.setPaused(!queue.isPaused)}>
              {queue.isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
              {queue.isPaused ? "Resume" : "Pause"}
            </Button>
          </div>
          {(!isLive || queue.isPaused) && (
            <div className="border-b border-line px-4 py-2 text-soft">
              {isLive && pause && (
                <PauseNote
                  pause={pause}
                  what="the queue"
                  onReason={(reason) => void actions.setPaused(true, undefined, reason)}
                />
              )}
              <p>{detail}</p>
            </div>
          )}
          {isLive && (
            <div className="max-h-[50dvh] overflow-y-auto px-4">
              <LaneList queue={queue} onPause={(...how) => void actions.setPaused(...how)} />
            </div>
          )}
          <p className="border-t border-line px-4 py-2.5 text-meta">
            <Link href="/queue" className="text-accent hover:underline">
              Open the queue
            </Link>
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

import { Pause, Play } from "lucide-react";
import type { QueueStatus } from "@/lib/schemas/queue";
import { Button } from "../_ui/button";
import { counted } from "../_ui/wording";
import { queueLight } from "./lane-light";
import { Light } from "./light";
import { PauseNote } from "./pause-note";

interface QueueStateProps {
  queue: QueueStatus;
  isBusy: boolean;
  onPause: (isPaused: boolean, lane?: string, reason?: string) => void;
}

/** The whole queue: how it is, how much is in it, and the way to stop and resume it. */
export function QueueState({ queue, isBusy, onPause }: QueueStateProps) {
  const { isPaused, pause } = queue;
  const { tone, detail } = queueLight(queue, true);
  const isStuck = !isPaused && (tone === "bad" || tone === "warn");
  return (
    <section aria-label="State of the queue" className="rounded bg-raised p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Light tone={tone} />
        <p className="text-lead font-semibold">{stateOf(queue)}</p>
        <p className="text-soft max-sm:order-last max-sm:w-full">{countsOf(queue)}</p>
        <Button className="ml-auto min-w-24" onClick={() => onPause(!isPaused)} isBusy={isBusy}>
          {isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {isPaused ? "Resume" : "Pause"}
        </Button>
      </div>
      {/* As high in every state. */}
      <div className="mt-1 flex min-h-[76px] items-start sm:min-h-8 sm:items-center sm:pl-5">
        {pause ? (
          <PauseNote pause={pause} what="the queue" onReason={(reason) => onPause(true, undefined, reason)} />
        ) : (
          <p className="text-soft">
            {isStuck ? detail : "It works on its own: this page may be closed, and a restart loses nothing."}
          </p>
        )}
      </div>
    </section>
  );
}

/** How much is in the queue, and what becomes of it while it is paused. */
function countsOf({ isPaused, running, queued }: QueueStatus): string {
  if (running + queued === 0)
    return isPaused ? "Shots can be put in line; nothing is started." : "Nothing is in line.";
  const waiting = queued.toLocaleString("en");
  if (!isPaused) return `${counted(running, "picture")} being painted, ${waiting} in line`;
  if (running === 0) return `${counted(queued, "picture")} in line, none is started`;
  return `${counted(running, "picture")} painted to ${running === 1 ? "its" : "their"} end, ${waiting} in line`;
}

function stateOf({ isPaused, running, queued, lanes }: QueueStatus): string {
  if (isPaused) return "Paused";
  if (running + queued === 0) return "Idle";
  return lanes.some((lane) => lane.state === "busy" || lane.state === "ready") ? "Working" : "Waiting";
}

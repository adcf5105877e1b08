import type { Lane, QueueStatus } from "@/lib/schemas/queue";
import { Countdown } from "../_ui/countdown";
import { isInTrouble, laneWords } from "./lane-light";
import { PauseNote } from "./pause-note";

interface LaneStateProps {
  lane: Lane;
  queue: Pick<QueueStatus, "isPaused">;
  name: string;
  onReason: (reason: string) => void;
}

/** Why a lane is as it is and what to do, and who paused it. */
export function LaneState({ lane, queue, name, onReason }: LaneStateProps) {
  const { detail } = laneWords(lane);
  const isOfQueue = lane.state === "paused" && lane.pause === null && queue.isPaused;
  return (
    <>
      {lane.state !== "paused" && <p className="text-soft wrap-anywhere">{detail}</p>}
      {isOfQueue && <p className="text-soft">Paused with the whole queue.</p>}
      {lane.pause && <PauseNote pause={lane.pause} what={name} onReason={onReason} />}
    </>
  );
}

/** When a lane in trouble is tried again. */
export function LaneRetry({ lane }: { lane: Lane }) {
  if (!isInTrouble(lane) || lane.retryAt === null) return null;
  return <Countdown at={Date.parse(lane.retryAt)} />;
}

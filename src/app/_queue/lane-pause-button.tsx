import { Pause, Play, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { Lane } from "@/lib/schemas/queue";
import { Button } from "../_ui/button";
import { isInTrouble } from "./lane-light";

interface LanePauseButtonProps {
  lane: Lane;
  name: string;
  /** Whether there are others, so that this one can be paused by itself. */
  hasOthers: boolean;
  onPause: (isPaused: boolean, lane: string) => void;
}

/** Pauses or resumes a lane by itself, or tries it again at once. Nothing where there is none of it to do. */
export function LanePauseButton({ lane, name, hasOthers, onPause }: LanePauseButtonProps) {
  // A pause of the whole queue goes before one of its lanes.
  const isOfQueue = lane.state === "paused" && lane.pause === null;
  const act = (isPaused: boolean, icon: ReactNode, words: string) => (
    <Button className="min-w-24" disabled={isOfQueue} onClick={() => onPause(isPaused, lane.url)}>
      {icon} {words}
      <span className="sr-only"> {name}</span>
    </Button>
  );
  if (lane.pause) return act(false, <Play size={14} aria-hidden />, "Resume");
  if (isInTrouble(lane)) return act(false, <RotateCw size={14} aria-hidden />, "Try now");
  if (hasOthers && lane.state !== "elsewhere") return act(true, <Pause size={14} aria-hidden />, "Pause");
  return null;
}

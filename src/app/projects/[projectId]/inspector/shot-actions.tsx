"use client";
import { ExternalLink, Lock, LockOpen } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button, IconButton } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { Tip } from "../../../_ui/tip";
import { useBoard } from "../board/board-context";
import { isKeepable } from "../model/scopes";
import type { ShotState } from "../model/shot-state";
import { LineActions } from "./line-actions";
import { ShotMenu } from "./shot-menu";

interface ShotActionsProps {
  sentence: Sentence;
  state: ShotState;
  onPaint: (force: boolean) => void;
}

/** Generate, again or cancel; lock; open the picture. */
export function ShotActions({ sentence, state, onPaint }: ShotActionsProps) {
  const { actions } = useBoard();
  const { isLocked, imageUrl } = sentence;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Paint
        state={state}
        isLocked={isLocked}
        onPaint={onPaint}
        onCancel={() => void actions.cancelShots([sentence.id])}
      />
      <LineActions sentences={[sentence]} />
      {isKeepable(sentence) && (
        <Tip label="Leave this picture as it is; the shot counts as done" shortcut="P">
          <Button onClick={() => void actions.keep([sentence.id])} aria-keyshortcuts="p">
            <span>
              Keep<span className="lg:max-xl:sr-only"> picture</span>
            </span>{" "}
            <Key>P</Key>
          </Button>
        </Tip>
      )}
      <span className="flex-1" />
      <IconButton
        label={isLocked ? "Unlock the shot" : "Lock the shot: it is never painted again"}
        shortcut="L"
        isPressed={isLocked}
        onClick={() => void actions.update([{ sentenceId: sentence.id, isLocked: !isLocked }])}
      >
        {isLocked ? <Lock size={16} /> : <LockOpen size={16} />}
      </IconButton>
      <ShotMenu sentences={[sentence]} />
      {imageUrl && (
        <Tip label="Open the picture in full size">
          <a
            href={imageUrl}
            target="_blank"
            rel="noreferrer"
            aria-label="Open the picture in full size"
            className="grid size-8 place-items-center rounded text-soft hover:bg-lifted hover:text-text touch:size-11"
          >
            <ExternalLink size={16} aria-hidden />
          </a>
        </Tip>
      )}
    </div>
  );
}

interface PaintProps {
  state: ShotState;
  isLocked: boolean;
  onPaint: (force: boolean) => void;
  onCancel: () => void;
}

function Paint({ state, isLocked, onPaint, onCancel }: PaintProps) {
  if (state === "queued" || state === "running") return <Button onClick={onCancel}>Cancel</Button>;
  if (state === "cancelling") return <Button disabled>Stopping…</Button>;
  if (isLocked) return <span className="text-meta text-muted">Locked: it keeps its picture.</span>;
  if (state === "done")
    return (
      <Button onClick={() => onPaint(true)} aria-keyshortcuts="r">
        Again <Key>R</Key>
      </Button>
    );
  return (
    <Button onClick={() => onPaint(state === "failed")} aria-keyshortcuts="g">
      {state === "failed" ? "Retry" : "Generate"} <Key>G</Key>
    </Button>
  );
}

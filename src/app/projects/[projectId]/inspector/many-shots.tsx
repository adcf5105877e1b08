"use client";
import { Download, Lock, LockOpen } from "lucide-react";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { thumbnail } from "../../../_ui/media-url";
import { counted } from "../../../_ui/wording";
import { useBoardActs } from "../board/board-acts";
import { useBoard } from "../board/board-context";
import { scopesOf } from "../model/scopes";
import { isOpen, shotState, type ShotState } from "../model/shot-state";
import { ManyLooks } from "./many-looks";
import { LineActions } from "./line-actions";
import { ShotMenu } from "./shot-menu";

interface ManyShotsProps {
  sentences: readonly Sentence[];
  onPaint: (sentenceIds: string[], force: boolean) => void;
}

const ORDER: [ShotState, string][] = [
  ["done", "done"],
  ["missing", "without a picture"],
  ["dirty", "changed"],
  ["failed", "failed"],
  ["running", "being painted"],
  ["queued", "in line"],
  ["cancelling", "stopping"],
];
/** Shots of a selection that are shown. */
const SHOWN = 9;

/** What can be done with several shots at once. */
export function ManyShots({ sentences, onPaint }: ManyShotsProps) {
  const { actions } = useBoard();
  const acts = useBoardActs();
  const { needed, all, keepable } = scopesOf(sentences);
  const open = sentences.filter((one) => isOpen(one) && !one.job?.isCancelling).map((one) => one.id);
  const isLocked = sentences.every((one) => one.isLocked);
  const withPicture = sentences.filter((one) => one.imageUrl !== null);
  const counts = Map.groupBy(sentences, shotState);
  const stopping = counts.get("cancelling")?.length ?? 0;
  return (
    <div className="flex flex-col gap-4 px-4 pb-8">
      <header className="-mb-4 flex h-12 items-center">
        <h2 className="font-semibold">{counted(sentences.length, "shot")} selected</h2>
      </header>
      <div className="grid grid-cols-3 gap-1.5">
        {sentences
          .slice(0, SHOWN)
          .map(({ id, imageUrl }) =>
            imageUrl === null ? (
              <div key={id} className="unpainted aspect-(--shape) rounded-[4px]" />
            ) : (
              <img
                key={id}
                src={thumbnail(imageUrl, 320)}
                alt=""
                loading="lazy"
                className="aspect-(--shape) w-full rounded-[4px] object-cover"
              />
            ),
          )}
      </div>
      <ul className="flex flex-wrap gap-x-3 text-meta text-soft">
        {ORDER.map(([state, words]) => {
          const count = counts.get(state)?.length ?? 0;
          return count > 0 ? <li key={state}>{`${count.toLocaleString("en")} ${words}`}</li> : null;
        })}
      </ul>
      {/* What there is to do comes and goes with each picture: what always stands there does not move. */}
      <div className="flex min-h-8 flex-wrap gap-1.5 touch:min-h-11">
        {needed.length > 0 && (
          <Button onClick={() => onPaint(needed, true)}>
            Generate {needed.length.toLocaleString("en")} <Key>G</Key>
          </Button>
        )}
        {all.length > 0 && (
          <Button onClick={() => onPaint(all, true)}>
            Paint {all.length.toLocaleString("en")} again <Key>R</Key>
          </Button>
        )}
        {keepable.length > 0 && (
          <Button onClick={() => void actions.keep(keepable)}>
            Keep {counted(keepable.length, "picture")} <Key>P</Key>
          </Button>
        )}
        {open.length > 0 && (
          <Button onClick={() => void actions.cancelShots(open)}>
            Cancel {open.length.toLocaleString("en")}
          </Button>
        )}
        {stopping > 0 && <Button disabled>Stopping {stopping.toLocaleString("en")}…</Button>}
        <LineActions sentences={sentences} />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button
          onClick={() =>
            void actions.update(sentences.map((one) => ({ sentenceId: one.id, isLocked: !isLocked })))
          }
        >
          {isLocked ? <LockOpen size={14} aria-hidden /> : <Lock size={14} aria-hidden />}
          {isLocked ? "Unlock" : "Lock"} <Key>L</Key>
        </Button>
        <ShotMenu sentences={sentences} />
        {withPicture.length > 0 && (
          <Button onClick={() => acts.open("download")}>
            <Download size={14} aria-hidden />
            Download {withPicture.length.toLocaleString("en")} <Key>D</Key>
          </Button>
        )}
      </div>
      <ManyLooks sentences={sentences} />
    </div>
  );
}

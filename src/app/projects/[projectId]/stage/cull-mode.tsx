"use client";
import { useEffect, useMemo, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { useBoard } from "../board/board-context";
import type { Hotkeys } from "../board/use-hotkeys";
import type { Painting } from "../board/use-painting";
import {
  type Cull,
  cullKey,
  currentOf,
  decide,
  type Decision,
  goBack,
  goTo,
  prune,
  readyAgain,
  startCull,
} from "../model/cull";
import { isKeepable } from "../model/scopes";
import { isOpen } from "../model/shot-state";
import { CullSummary } from "./cull-summary";
import { FilmStrip } from "./film-strip";
import { Stage } from "./stage";

interface CullModeProps {
  project: Project;
  sentences: readonly Sentence[];
  places: ReadonlyMap<string, number>;
  first: Cull;
  painting: Painting;
  onShow: (sentenceIds: string[]) => void;
  onClose: (id: string | null) => void;
}

/** Shot after shot, one key for each decision; what is asked for is painted while the walk goes on. */
export function CullMode({ project, sentences, places, first, painting, onShow, onClose }: CullModeProps) {
  const { actions } = useBoard();
  const [kept, setCull] = useState(first);
  const [isEditing, setIsEditing] = useState(false);
  const byId = useMemo(() => new Map(sentences.map((one) => [one.id, one])), [sentences]);
  const cull = useMemo(() => prune(kept, (id) => byId.has(id)), [kept, byId]);
  const shots = useMemo(() => cull.queue.flatMap((id) => byId.get(id) ?? []), [cull.queue, byId]);
  const id = currentOf(cull);
  const sentence = id === null ? null : (byId.get(id) ?? null);
  useEffect(() => sessionStorage.setItem(cullKey(project.id), JSON.stringify(cull)), [project.id, cull]);

  const go = (decision: Decision) => {
    setCull(decide(cull, decision, sentence?.selectedTakeId));
    setIsEditing(false);
  };
  const keep = () => {
    if (sentence && isKeepable(sentence)) void actions.keep([sentence.id]);
    go("kept");
  };
  const again = () => {
    if (!sentence || isOpen(sentence) || sentence.isLocked) return false;
    painting.paintWithNewSeed(sentence.id);
    go("again");
    return true;
  };
  const flag = () => {
    if (!sentence) return;
    if (!sentence.isFlagged) void actions.update([{ sentenceId: sentence.id, isFlagged: true }]);
    go("flagged");
  };
  /** Out of the field; what was typed is stored, and painted. */
  const edited = (isDone: boolean) => {
    setIsEditing(false);
    if (!isDone || !sentence) return;
    painting.paint([sentence.id], true);
    go("edited");
  };
  const back = () => {
    setCull(goBack(cull));
    setIsEditing(false);
  };
  const close = () => {
    sessionStorage.removeItem(cullKey(project.id));
    onClose(id);
  };
  const keys: Hotkeys = {
    Enter: keep,
    a: again,
    r: again,
    e: () => sentence !== null && !sentence.isLocked && setIsEditing(true),
    f: flag,
    s: () => go("skipped"),
    ArrowRight: () => go("skipped"),
    j: () => go("skipped"),
    ArrowLeft: back,
    k: back,
    Backspace: back,
  };
  const ready = readyAgain(cull, (one) => byId.get(one));
  const canPaint = sentence !== null && !isOpen(sentence) && !sentence.isLocked;
  return (
    <Stage
      title="Review"
      project={project}
      sentence={sentence}
      place={id === null ? null : (places.get(id) ?? null)}
      keys={sentence ? keys : { ArrowLeft: back, Backspace: back }}
      neighbours={[shots[cull.at + 1], shots[cull.at + 2], shots[cull.at - 1]].filter(
        (one) => one !== undefined,
      )}
      isEditing={isEditing}
      head={
        <>
          <span aria-live="polite" className="shrink-0 text-muted">
            {Math.min(cull.at + 1, cull.queue.length).toLocaleString("en")} of{" "}
            {cull.queue.length.toLocaleString("en")}
          </span>
          <span className="h-0.5 min-w-0 flex-1 overflow-hidden rounded-full bg-edge">
            <span
              className="block h-full bg-accent"
              style={{ width: `${(100 * cull.at) / Math.max(1, cull.queue.length)}%` }}
            />
          </span>
        </>
      }
      foot={
        <>
          <div className="flex flex-wrap justify-center gap-1.5 pt-3">
            <Button look="primary" onClick={keep}>
              Keep <kbd className="font-sans text-meta font-medium opacity-75">Enter</kbd>
            </Button>
            <Button disabled={!canPaint} onClick={again}>
              Again <Key>A</Key>
            </Button>
            <Button disabled={sentence?.isLocked ?? true} onClick={() => setIsEditing(true)}>
              Edit prompt <Key>E</Key>
            </Button>
            <Button onClick={flag}>
              Flag <Key>F</Key>
            </Button>
            <Button look="quiet" onClick={() => go("skipped")}>
              Skip <Key>→</Key>
            </Button>
          </div>
          <FilmStrip
            shots={shots}
            at={cull.at}
            decisions={cull.decisions}
            onGo={(to) => setCull(goTo(cull, to))}
          />
        </>
      }
      onStep={(by) => (by > 0 ? go("skipped") : back())}
      onEdited={edited}
      onClose={close}
    >
      <CullSummary
        cull={cull}
        ready={ready.length}
        onAgain={() => setCull(startCull(ready))}
        onShow={(decision) => {
          sessionStorage.removeItem(cullKey(project.id));
          onShow(cull.queue.filter((one) => cull.decisions[one] === decision));
        }}
        onClose={close}
      />
    </Stage>
  );
}

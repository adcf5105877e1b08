"use client";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { Key } from "../../../_ui/key";
import { useBoard } from "../board/board-context";
import type { Hotkeys } from "../board/use-hotkeys";
import type { Painting } from "../board/use-painting";
import { isKeepable } from "../model/scopes";
import { isOpen, shotState, STATE_WORDS } from "../model/shot-state";
import { useTakes } from "../takes/use-takes";
import { Stage } from "./stage";

interface FullScreenProps {
  project: Project;
  sentences: readonly Sentence[];
  /** What of them the board shows, in order. */
  shown: readonly Sentence[];
  numbers: ReadonlyMap<string, number>;
  places: ReadonlyMap<string, number>;
  first: string;
  painting: Painting;
  /** Closed at this shot. */
  onClose: (id: string) => void;
}

const HINTS: [string, string][] = [
  ["←→", "turn over"],
  ["R", "again"],
  ["E", "prompt"],
  ["1–9", "takes"],
  ["P", "keep"],
  ["L", "lock"],
  ["F", "flag"],
  ["Z", "1:1"],
];

/** One shot on the whole screen, and the way through all that the board shows. */
export function FullScreen(props: FullScreenProps) {
  const { project, sentences, shown, numbers, places, first, painting, onClose } = props;
  const { actions } = useBoard();
  const [id, setId] = useState(first);
  const [isEditing, setIsEditing] = useState(false);
  const takes = useTakes(id);
  // A shot that leaves what the filter shows is shown on, until another one is turned to.
  const index = Math.max(
    0,
    shown.findIndex((one) => one.id === id),
  );
  const sentence = sentences.find((one) => one.id === id) ?? shown[index];
  if (!sentence) return null;
  const step = (by: 1 | -1) => {
    const next = shown[index + by];
    if (next) setId(next.id);
    setIsEditing(false);
  };
  const toggle = (field: "isLocked" | "isFlagged") =>
    void actions.update([{ sentenceId: sentence.id, [field]: !sentence[field] }]);
  const canPaint = !isOpen(sentence) && !sentence.isLocked;
  const close = () => onClose(sentence.id);
  const keys: Hotkeys = {
    ArrowRight: () => step(1),
    ArrowDown: () => step(1),
    j: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowUp: () => step(-1),
    k: () => step(-1),
    Home: () => setId(shown[0]?.id ?? id),
    End: () => setId(shown.at(-1)?.id ?? id),
    " ": close,
    g: () => canPaint && painting.paint([sentence.id], false),
    r: () => canPaint && painting.paint([sentence.id], true),
    "Shift+r": () => canPaint && painting.paintWithNewSeed(sentence.id),
    e: () => setIsEditing(true),
    p: () => isKeepable(sentence) && void actions.keep([sentence.id]),
    l: () => toggle("isLocked"),
    f: () => toggle("isFlagged"),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => takes.selectNumber(at + 1)]),
    ),
  };
  return (
    <Stage
      title={`Shot ${(numbers.get(sentence.id) ?? 0).toLocaleString("en")}`}
      project={project}
      sentence={sentence}
      place={places.get(sentence.id) ?? null}
      keys={keys}
      neighbours={[shown[index + 1], shown[index - 1]].filter((one) => one !== undefined)}
      isEditing={isEditing}
      head={
        <span aria-live="polite" className="truncate text-muted">
          of {numbers.size.toLocaleString("en")} · {STATE_WORDS[shotState(sentence)]}
        </span>
      }
      foot={
        <p className="flex flex-wrap justify-center gap-x-3 gap-y-1 pt-2 text-meta text-muted touch:hidden">
          {HINTS.map(([key, words]) => (
            <span key={key}>
              <Key>{key}</Key> {words}
            </span>
          ))}
        </p>
      }
      onStep={step}
      onEdited={() => setIsEditing(false)}
      onClose={close}
    />
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Take } from "@/lib/schemas/take";
import { useTRPC } from "../../../_data/trpc";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { useBoard } from "../board/board-context";
import type { Hotkeys } from "../board/use-hotkeys";
import { compareTakes, pickPair, stepTake, type TakeWords } from "../model/compare-takes";
import { focusFrame, StageFrame } from "../stage/stage-frame";
import { stageKeys } from "../stage/stage-keys";
import { CompareSide } from "./compare-side";
import { DifferenceTable } from "./difference-table";
import { useTakes } from "./use-takes";

interface CompareStageProps {
  project: Project;
  sentenceId: string;
  /** The shot's place on the board, from 1. */
  number: number;
  /** The take at the right, to begin with. */
  first: string | undefined;
  onClose: () => void;
}

const HINTS: [string, string][] = [
  ["←→", "side"],
  ["↑↓", "take"],
  ["1–9", "takes"],
  ["S", "swap"],
  ["Enter", "use"],
];

/** Two takes of a shot side by side on the whole screen, and what they differ in. */
export function CompareStage({ project, sentenceId, number, first, onClose }: CompareStageProps) {
  const { items, isLoading, select } = useTakes(sentenceId);
  const words = useTakeWords();
  const [chosen, setChosen] = useState<{ left?: string; right?: string }>(
    first === undefined ? {} : { right: first },
  );
  const [active, setActive] = useState<"left" | "right">("right");
  const pair = pickPair(items, chosen);
  const numberOf = (take: Take) => items.length - items.findIndex((one) => one.id === take.id);
  const put = (side: "left" | "right", take: Take | undefined) => {
    if (!pair || !take) return;
    const other = side === "left" ? "right" : "left";
    // The one that stands at the other side changes places.
    const isOther = pair[other].id === take.id;
    setChosen({ ...idsOf(pair), [side]: take.id, ...(isOther && { [other]: pair[side].id }) });
  };
  const step = (side: "left" | "right", by: 1 | -1) =>
    pair && put(side, stepTake(items, pair[side], pair[side === "left" ? "right" : "left"], by));
  const swap = () => pair && setChosen({ left: pair.right.id, right: pair.left.id });
  const use = (side: "left" | "right") =>
    pair && void select(pair[side]).then((isDone) => isDone && onClose());
  const keys: Hotkeys = {
    ArrowLeft: () => setActive("left"),
    ArrowRight: () => setActive("right"),
    ArrowUp: () => void step(active, -1),
    ArrowDown: () => void step(active, 1),
    s: () => void swap(),
    Enter: () => void use(active),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => put(active, items.at(-(at + 1)))]),
    ),
  };
  return (
    <StageFrame
      title={<>Takes of shot {number.toLocaleString("en")}</>}
      project={project}
      head={
        pair && (
          <Button look="quiet" onClick={swap} aria-keyshortcuts="s" className="ml-auto">
            <ArrowLeftRight size={14} aria-hidden /> Swap <Key>S</Key>
          </Button>
        )
      }
      onClose={onClose}
      onOpenAutoFocus={focusFrame}
      onKeyDown={stageKeys(keys)}
    >
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-3 pb-6">
        {pair ? (
          <>
            <div className="grid gap-3 sm:grid-cols-2">
              {(["left", "right"] as const).map((side) => (
                <CompareSide
                  key={side}
                  side={side}
                  take={pair[side]}
                  number={numberOf(pair[side])}
                  total={items.length}
                  isActive={active === side}
                  onActive={() => setActive(side)}
                  onStep={(by) => step(side, by)}
                  onUse={() => use(side)}
                />
              ))}
            </div>
            <p className="flex flex-wrap justify-center gap-x-3 gap-y-1 text-meta text-muted touch:hidden">
              {HINTS.map(([key, does]) => (
                <span key={key}>
                  <Key>{key}</Key> {does}
                </span>
              ))}
            </p>
            <DifferenceTable
              comparison={compareTakes(pair.left, pair.right, words)}
              left={`Take ${numberOf(pair.left)}`}
              right={`Take ${numberOf(pair.right)}`}
            />
          </>
        ) : (
          !isLoading && (
            <p className="py-16 text-center text-soft">
              {items.length === 0 ? "This shot has no take yet." : "This shot has one take only."} Paint it
              again to have two to compare.
            </p>
          )
        )}
      </div>
    </StageFrame>
  );
}

const idsOf = ({ left, right }: { left: Take; right: Take }) => ({ left: left.id, right: right.id });

/** What the board knows the things by that takes were made from. */
function useTakeWords(): TakeWords {
  const trpc = useTRPC();
  const { models, styles, cast } = useBoard();
  // Somebody may have left the cast since.
  const characters = useQuery(trpc.character.list.queryOptions({ limit: 200 })).data?.items ?? cast;
  const named = (all: readonly { id: string; name: string }[], id: string, kind: string) =>
    all.find((one) => one.id === id)?.name ?? `a ${kind} that was deleted`;
  return {
    model: (id) => (id === null ? "default workflow" : named(models, id, "model")),
    style: (id) => (id === null ? "none" : named(styles, id, "style")),
    character: (id) => named([...cast, ...characters], id, "character"),
    moment: (time) =>
      new Date(time).toLocaleString("en-GB", {
        day: "numeric",
        month: "long",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      }),
  };
}

"use client";
import { useEffect } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Painting } from "../board/use-painting";
import { type Cull, cullKey, readCull, startCull } from "../model/cull";
import { CompareStage } from "../takes/compare-stage";
import { ContactSheet } from "./contact-sheet";
import { CullMode } from "./cull-mode";
import { FullScreen } from "./full-screen";
import { ReviewDialog } from "./review-dialog";

/** What stands over the board. */
export type OpenStage =
  | { kind: "shot"; id: string }
  | { kind: "review" }
  | { kind: "sheet" }
  | { kind: "cull"; cull: Cull }
  /** A shot's takes, side by side; `takeId` at the right. */
  | { kind: "compare"; id: string; takeId?: string };

interface StagesProps {
  open: OpenStage | null;
  onOpen: (stage: OpenStage | null) => void;
  project: Project;
  /** All shots, in board order. */
  sentences: readonly Sentence[];
  /** Ids of those that the board shows. */
  order: readonly string[];
  chosen: ReadonlySet<string>;
  active: string | null;
  numbers: ReadonlyMap<string, number>;
  places: ReadonlyMap<string, number>;
  painting: Painting;
  /** To a shot on the board. */
  onShot: (id: string) => void;
  /** Selects shots on the board. */
  onShow: (sentenceIds: string[]) => void;
}

/** One shot on the whole screen, or the walk through many. */
export function Stages(props: StagesProps) {
  const { open, onOpen, project, sentences, order, numbers, places, painting, onShot, onShow } = props;
  const { id: projectId } = project;
  // A walk that a reload broke off goes on.
  useEffect(() => {
    const cull = readCull(sessionStorage.getItem(cullKey(projectId)));
    if (cull) onOpen({ kind: "cull", cull });
  }, [projectId, onOpen]);
  const close = (id: string | null) => {
    onOpen(null);
    if (id !== null) onShot(id);
  };
  switch (open?.kind) {
    case undefined:
      return null;
    case "review":
      return (
        <ReviewDialog
          project={project}
          order={order}
          chosen={props.chosen}
          active={props.active}
          onStart={(ids) => onOpen({ kind: "cull", cull: startCull(ids) })}
          onClose={() => onOpen(null)}
        />
      );
    case "compare":
      return (
        <CompareStage
          key={open.id}
          project={project}
          sentenceId={open.id}
          number={numbers.get(open.id) ?? 0}
          first={open.takeId}
          onClose={() => onOpen(null)}
        />
      );
    case "sheet":
      return (
        <ContactSheet
          project={project}
          sentences={sentences}
          order={order}
          chosen={props.chosen}
          numbers={numbers}
          onClose={() => onOpen(null)}
        />
      );
    case "cull":
      return (
        <CullMode
          project={project}
          sentences={sentences}
          places={places}
          first={open.cull}
          painting={painting}
          onShow={(ids) => {
            onOpen(null);
            onShow(ids);
          }}
          onClose={close}
        />
      );
    case "shot": {
      const shown = new Set(order);
      return (
        <FullScreen
          project={project}
          sentences={sentences}
          shown={sentences.filter((one) => shown.has(one.id))}
          numbers={numbers}
          places={places}
          first={open.id}
          painting={painting}
          onClose={close}
        />
      );
    }
  }
}

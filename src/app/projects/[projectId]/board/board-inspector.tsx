"use client";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { tintOf } from "../../../_ui/tint";
import { InspectorSheet } from "../inspector/inspector-sheet";
import { ManyShots } from "../inspector/many-shots";
import { Overview } from "../inspector/overview";
import { type InspectorTab, ShotInspector } from "../inspector/shot-inspector";
import type { Counts } from "../model/filter";
import type { Selection } from "../model/selection";
import type { Painting } from "./use-painting";

interface BoardInspectorProps {
  project: Project;
  sentences: readonly Sentence[];
  counts: Counts;
  selection: Selection;
  places: ReadonlyMap<string, number>;
  numbers: ReadonlyMap<string, number>;
  painting: Painting;
  isWide: boolean;
  isOpen: boolean;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  tab: InspectorTab;
  onTab: (tab: InspectorTab) => void;
}

/** The inspector of what is selected: a column on a wide screen, else a sheet. */
export function BoardInspector({ isWide, isOpen, onClose, ...rest }: BoardInspectorProps) {
  if (!isOpen) return null;
  // A sheet stands outside the board's own element, and needs what is set there.
  const { id, width, height } = rest.project;
  const content = (
    <div style={{ "--tint": tintOf(id), "--shape": `${width} / ${height}` }}>
      <Content {...rest} />
    </div>
  );
  if (!isWide) return <InspectorSheet onClose={onClose}>{content}</InspectorSheet>;
  return (
    <aside
      aria-label="Inspector"
      className="w-[340px] shrink-0 overflow-y-auto border-l border-line bg-raised max-lg:hidden xl:w-[400px]"
    >
      {content}
    </aside>
  );
}

function Content({
  project,
  sentences,
  counts,
  selection: { chosen, current },
  places,
  numbers,
  painting,
  onStep,
  tab,
  onTab,
}: Omit<BoardInspectorProps, "isWide" | "isOpen" | "onClose">) {
  const head = useHead(project);
  const latest = useRef(onStep);
  useEffect(() => {
    latest.current = onStep;
  });
  const step = useCallback((by: 1 | -1) => latest.current(by), []);
  const { paint } = painting;
  const paintOne = useCallback((id: string, force: boolean) => paint([id], force), [paint]);
  if (chosen.size > 1)
    return <ManyShots sentences={sentences.filter((one) => chosen.has(one.id))} onPaint={painting.paint} />;
  const [only] = chosen;
  const sentence = sentences.find((one) => one.id === (only ?? null));
  if (!sentence) return <Overview project={project} counts={counts} />;
  return (
    <OneShot
      key={sentence.id}
      tab={tab}
      onTab={onTab}
      project={head}
      sentence={sentence}
      sectionTitle={project.sections.find((section) => section.id === sentence.sectionId)?.title ?? ""}
      number={numbers.get(sentence.id) ?? 0}
      total={sentences.length}
      place={places.get(current ?? sentence.id) ?? null}
      onStep={step}
      onPaint={paintOne}
      onNewSeed={painting.paintWithNewSeed}
    />
  );
}

/** Drawn again only when something of its own shot changes, not with each step of the others. */
const OneShot = memo(ShotInspector);

/** The project as long as nothing of its own changes, whatever becomes of its shots. */
function useHead(project: Project): Project {
  const [known, setKnown] = useState(project);
  const fields = (Object.keys(project) as (keyof Project)[]).filter((key) => key !== "sections");
  if (known === project || fields.every((key) => known[key] === project[key])) return known;
  setKnown(project);
  return project;
}

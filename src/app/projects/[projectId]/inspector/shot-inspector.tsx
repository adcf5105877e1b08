"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Tabs } from "radix-ui";
import type { Failure } from "@/lib/schemas/common";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { thumbnail } from "../../../_ui/media-url";
import { ProblemNote } from "../../../_ui/problem-note";
import { TabList, TabPart } from "../../../_ui/tabs";
import { useBoard } from "../board/board-context";
import { ShotFoot } from "../board/shot-overlay";
import { ShotPicture } from "../board/shot-picture";
import { failureOf, isOpen, shotState } from "../model/shot-state";
import { CharacterChips } from "./character-chips";
import { FinalPrompt } from "./final-prompt";
import { Overrides } from "./overrides";
import { SeedRow } from "./seed-row";
import { ShotFacts } from "./shot-facts";
import { ShotActions } from "./shot-actions";
import { TakeFacts } from "./take-facts";
import { TakeNotes } from "./take-notes";
import { TakeStrip } from "./take-strip";
import { TextField } from "./text-field";

export type InspectorTab = "shot" | "takes" | "details";

export interface ShotInspectorProps {
  /** The part that is shown, the same for each shot. */
  tab: InspectorTab;
  onTab: (tab: InspectorTab) => void;
  project: Project;
  sentence: Sentence;
  sectionTitle: string;
  number: number;
  total: number;
  place: number | null;
  onStep: (by: 1 | -1) => void;
  onPaint: (sentenceId: string, force: boolean) => void;
  onNewSeed: (sentenceId: string) => void;
}

/** Everything about one shot. */
export function ShotInspector({
  tab,
  onTab,
  project,
  sentence,
  sectionTitle,
  number,
  total,
  place,
  onStep,
  onPaint,
  onNewSeed,
}: ShotInspectorProps) {
  const { models, styles } = useBoard();
  const state = shotState(sentence);
  const style = styles.find((one) => one.id === (sentence.styleId ?? project.styleId)) ?? null;
  const model = models.find((one) => one.id === (sentence.modelId ?? project.modelId)) ?? null;
  const failure = failureOf(sentence);
  return (
    <div className="flex flex-col gap-4 px-4 pb-8">
      <header className="-mb-4 flex h-12 items-center gap-2">
        <h2 className="shrink-0 font-semibold">Shot {number.toLocaleString("en")}</h2>
        <p className="min-w-0 flex-1 truncate text-muted">
          of {total.toLocaleString("en")} · {sectionTitle}
        </p>
        <IconButton
          label="Previous shot"
          shortcut="K"
          onClick={() => onStep(-1)}
          disabled={number === 1}
          className="-mr-1.5"
        >
          <ChevronLeft size={16} />
        </IconButton>
        <IconButton label="Next shot" shortcut="J" onClick={() => onStep(1)} disabled={number === total}>
          <ChevronRight size={16} />
        </IconButton>
      </header>
      <div
        className={cx(
          "relative aspect-(--shape) overflow-hidden rounded bg-cover",
          sentence.imageUrl === null ? "unpainted" : "bg-ground",
        )}
        style={
          sentence.imageUrl === null
            ? undefined
            : { backgroundImage: `url("${thumbnail(sentence.imageUrl, 320)}")` }
        }
      >
        <ShotPicture sentence={sentence} sizes="1280px" isEager />
        <ShotFoot sentence={sentence} state={state} place={place} />
      </div>
      <ShotActions sentence={sentence} state={state} onPaint={(force) => onPaint(sentence.id, force)} />
      {failure && <ProblemNote problem={failure} />}
      <Tabs.Root value={tab} onValueChange={(value) => onTab(value as InspectorTab)}>
        <TabList label="About this shot" tabs={TABS} className="border-b border-line pb-2" />
        <TabPart value="shot" className="flex flex-col gap-4 pt-4">
          <TakeStrip sentence={sentence} most={STRIP} />
          <TextField sentence={sentence} field="text" label="Sentence" rows={2} />
          <TextField
            sentence={sentence}
            field="imagePrompt"
            label="Image prompt"
            placeholder="The sentence itself is the prompt. Write another one here."
            rows={3}
          />
          <FinalPrompt sentence={sentence} style={style} model={model} />
          <CharacterChips sentence={sentence} style={style} model={model} />
          <SeedRow
            sentence={sentence}
            canPaint={!isOpen(sentence) && !sentence.isLocked}
            onNewSeed={() => onNewSeed(sentence.id)}
          />
          <Overrides sentence={sentence} project={project} />
          {/* Below the fields: it comes and goes while one of them may be typed in. */}
          {isOpen(sentence) && sentence.job?.error && <LastAttempt failure={sentence.job.error} />}
          <TakeNotes sentence={sentence} />
        </TabPart>
        <TabPart value="takes" className="flex flex-col gap-4 pt-4">
          {sentence.imageUrl === null && (
            <p className="text-muted">Pictures that are made of this shot are kept here.</p>
          )}
          <TakeStrip sentence={sentence} />
        </TabPart>
        <TabPart value="details" className="flex flex-col gap-4 pt-4">
          <ShotFacts sentence={sentence} sectionTitle={sectionTitle} />
          <TakeFacts sentence={sentence} />
        </TabPart>
      </Tabs.Root>
    </div>
  );
}

const TABS = [
  { value: "shot", words: "Shot" },
  { value: "takes", words: "Takes" },
  { value: "details", words: "Details" },
] as const satisfies { value: InspectorTab; words: string }[];

/** Takes in the strip: one row. */
const STRIP = 5;

/** Why a picture that is tried again could not be made before. */
function LastAttempt({ failure: { message, remedy } }: { failure: Failure }) {
  return (
    <p className="rounded border-l-2 border-warn bg-ground px-3 py-2 text-soft wrap-anywhere">
      The last attempt failed: {message} {remedy}
    </p>
  );
}

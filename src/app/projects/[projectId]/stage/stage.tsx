"use client";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { ShotFoot, ShotMarks } from "../board/shot-overlay";
import { ShotPicture } from "../board/shot-picture";
import type { Hotkeys } from "../board/use-hotkeys";
import { TextField } from "../inspector/text-field";
import { failureOf, shotState } from "../model/shot-state";
import { Preload } from "./preload";
import { focusFrame, StageFrame } from "./stage-frame";
import { stageKeys } from "./stage-keys";

interface StageProps {
  title: string;
  project: Project;
  /** The shot that is shown; null where something else is. */
  sentence: Sentence | null;
  place: number | null;
  keys: Hotkeys;
  /** Shots that come next or were before: their pictures are loaded ahead. */
  neighbours: readonly Sentence[];
  isEditing: boolean;
  /** At the upper edge, beside the title. */
  head: ReactNode;
  /** Below the sentence. */
  foot: ReactNode;
  onStep: (by: 1 | -1) => void;
  /** Left the prompt's field; done by Ctrl+Enter. */
  onEdited: (isDone: boolean) => void;
  onClose: () => void;
  /** Instead of a shot. */
  children?: ReactNode;
}

/** px that a finger goes aside to turn over. */
const SWIPE = 48;

/** One shot at a time on the whole screen, with its sentence. */
export function Stage(props: StageProps) {
  const { title, project, sentence, place, keys, neighbours, isEditing, head, foot, onStep, onClose } = props;
  const [isClose, setIsClose] = useState(false);
  const start = useRef<number | null>(null);
  const swipe = (event: PointerEvent) => {
    const by = start.current === null ? 0 : event.clientX - start.current;
    start.current = null;
    if (event.pointerType !== "touch" || Math.abs(by) < SWIPE) return;
    onStep(by < 0 ? 1 : -1);
  };
  const toggleClose = () => setIsClose((known) => !known);
  return (
    <StageFrame
      title={title}
      project={project}
      head={head}
      onClose={onClose}
      onOpenAutoFocus={focusFrame}
      onEscapeKeyDown={(event) => {
        // First out of the field, then out of the stage.
        if (isEditing) event.preventDefault();
      }}
      onKeyDown={stageKeys({ ...keys, z: toggleClose })}
    >
      {sentence === null ? (
        props.children
      ) : (
        <>
          <div
            role="presentation"
            className="grid min-h-0 flex-1 touch-pan-y place-items-center overflow-auto px-3"
            style={{ containerType: "size" }}
            onPointerDown={(event) => void (start.current = event.clientX)}
            onPointerUp={swipe}
            onDoubleClick={toggleClose}
          >
            <div
              className={cx("relative overflow-hidden rounded", isClose && "max-w-none")}
              style={
                isClose
                  ? { width: project.width, height: project.height }
                  : {
                      aspectRatio: "var(--shape)",
                      width: `min(100cqw, calc(100cqh * ${project.width / project.height}))`,
                    }
              }
            >
              <ShotPicture
                key={sentence.id}
                sentence={sentence}
                sizes={isClose ? `${project.width}px` : "100vw"}
                isEager
              />
              <ShotMarks sentence={sentence} state={shotState(sentence)} />
              <ShotFoot sentence={sentence} state={shotState(sentence)} place={place} />
            </div>
          </div>
          <div className="mx-auto w-full max-w-[880px] shrink-0 px-4 pt-3 pb-4">
            {isEditing ? (
              <TextField
                key={sentence.id}
                sentence={sentence}
                field="imagePrompt"
                label="Image prompt"
                placeholder={sentence.text}
                rows={3}
                hasFocus
                onLeave={props.onEdited}
              />
            ) : (
              <p className="line-clamp-3 min-h-[44px] text-center text-lead" dir="auto">
                {sentence.text}
              </p>
            )}
            {sentence.error && <p className="pt-1 text-center text-bad">{failureOf(sentence)?.message}</p>}
            {foot}
          </div>
          <Preload sentences={neighbours} />
        </>
      )}
    </StageFrame>
  );
}

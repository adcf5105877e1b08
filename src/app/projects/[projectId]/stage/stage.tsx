"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { Sentence } from "@/lib/schemas/sentence";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { tintOf } from "../../../_ui/tint";
import { ShotFoot, ShotMarks } from "../board/shot-overlay";
import { ShotPicture } from "../board/shot-picture";
import type { Hotkeys } from "../board/use-hotkeys";
import { TextField } from "../inspector/text-field";
import { shotState } from "../model/shot-state";
import { Preload } from "./preload";
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
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onEscapeKeyDown={(event) => {
            // First out of the field, then out of the stage.
            if (isEditing) event.preventDefault();
          }}
          onKeyDown={stageKeys({ ...keys, z: toggleClose })}
          className="fixed inset-0 z-40 flex flex-col bg-[oklch(12%_0.008_260)] outline-none"
          style={{ "--tint": tintOf(project.id), "--shape": `${project.width} / ${project.height}` }}
        >
          <header className="flex h-12 shrink-0 items-center gap-3 px-3">
            <Radix.Title className="shrink-0 px-1 font-semibold">{title}</Radix.Title>
            <div className="flex min-w-0 flex-1 items-center gap-3">{head}</div>
            <Radix.Close asChild>
              <IconButton label="Back to the board" shortcut="Esc">
                <X size={16} />
              </IconButton>
            </Radix.Close>
          </header>
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
                {sentence.status === "failed" && sentence.error && (
                  <p className="pt-1 text-center text-bad">{sentence.error.message}</p>
                )}
                {foot}
              </div>
              <Preload sentences={neighbours} />
            </>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

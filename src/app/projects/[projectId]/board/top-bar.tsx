"use client";
import { Download, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { memo, type ReactNode } from "react";
import type { Project } from "@/lib/schemas/project";
import { AppMark } from "../../../_ui/app-mark";
import { IconButton } from "../../../_ui/button";
import { Picker } from "../../../_ui/picker";
import { cx } from "../../../_ui/class-names";
import { Tip } from "../../../_ui/tip";
import { modelChoices, styleChoices } from "../../../_projects/choices";
import { useBoardActs } from "./board-acts";
import { useBoard } from "./board-context";
import { BoardMenu } from "./board-menu";
import { ProjectName } from "./project-name";
import type { View } from "../model/view";
import { SizeSlider } from "./size-slider";
import { ViewSwitch } from "./view-switch";

interface TopBarProps {
  project: Project;
  view: View;
  onSize: (size: number) => void;
  onLayout: (layout: View["layout"]) => void;
  lane: ReactNode;
  /** The primary button, where there is room for it up here. */
  primary: ReactNode;
  /** Whether there is a board to set up yet. */
  hasShots: boolean;
}

/** Name, model, style, view and size; at the right the queue, what can be done, and the one primary button. */
export function TopBar({
  project,
  view: { layout, size },
  onSize,
  onLayout,
  lane,
  primary,
  hasShots,
}: TopBarProps) {
  const { actions } = useBoard();
  const { open } = useBoardActs();
  return (
    <header className="flex h-12 items-center gap-2 bg-raised px-2 sm:px-3">
      <Tip label="All projects">
        <Link
          href="/"
          aria-label="All projects"
          className="grid size-8 shrink-0 place-items-center rounded hover:bg-lifted touch:size-11"
        >
          <AppMark />
        </Link>
      </Tip>
      <ProjectName name={project.name} onRename={(name) => void actions.updateProject({ name })} />
      {hasShots && (
        <div className="flex min-w-0 shrink gap-2 max-lg:hidden">
          <ModelPicker modelId={project.modelId} />
          <StylePicker modelId={project.modelId} styleId={project.styleId} />
        </div>
      )}
      {hasShots && (
        <>
          <ViewSwitch layout={layout} onLayout={onLayout} className="max-sm:hidden" />
          <SizeSlider
            size={size}
            onSize={onSize}
            className={cx("mx-2 w-24 max-xl:hidden", layout === "table" && "invisible")}
          />
        </>
      )}
      {/* What the queue says is now longer, now shorter: it has this room, whatever it says, and no button moves. */}
      <div className="flex min-w-fit flex-1 justify-end sm:min-w-32 xl:min-w-48">{lane}</div>
      {hasShots && (
        <>
          <Popover.Root>
            <Popover.Trigger
              aria-label="Model, style and size"
              className="grid size-8 shrink-0 place-items-center rounded text-soft hover:bg-lifted hover:text-text data-[state=open]:bg-lifted xl:hidden touch:size-11"
            >
              <SlidersHorizontal size={16} aria-hidden />
            </Popover.Trigger>
            <Popover.Portal>
              <Popover.Content
                align="end"
                sideOffset={4}
                collisionPadding={8}
                className="z-40 w-72 animate-appear space-y-3 rounded bg-raised p-3 shadow"
              >
                <div className="space-y-3 lg:hidden">
                  <ModelPicker modelId={project.modelId} className="w-full" />
                  <StylePicker modelId={project.modelId} styleId={project.styleId} className="w-full" />
                </div>
                <div className="flex items-center gap-4 px-1">
                  <span className="text-muted">Size</span>
                  <SizeSlider size={size} onSize={onSize} className="flex-1" />
                </div>
                <ViewSwitch layout={layout} onLayout={onLayout} className="sm:hidden" />
              </Popover.Content>
            </Popover.Portal>
          </Popover.Root>
          <IconButton
            label="Download pictures"
            shortcut="D"
            aria-haspopup="dialog"
            onClick={() => open("download")}
          >
            <Download size={16} />
          </IconButton>
        </>
      )}
      <BoardMenu />
      {primary}
    </header>
  );
}

interface PickerProps {
  modelId: string | null;
  className?: string;
}

const ModelPicker = memo(function ModelPicker({ modelId, className = "max-w-52" }: PickerProps) {
  const { looks, models } = useBoard();
  return (
    <Picker
      label="Model"
      value={modelId}
      options={modelChoices(models, modelId)}
      none="Default workflow"
      onPick={(picked) => void looks.ofProject({ modelId: picked })}
      className={className}
    />
  );
});

interface StylePickerProps extends PickerProps {
  styleId: string | null;
}

const StylePicker = memo(function StylePicker({
  modelId,
  styleId,
  className = "max-w-48",
}: StylePickerProps) {
  const { looks, models, styles } = useBoard();
  return (
    <Picker
      label="Style"
      value={styleId}
      options={styleChoices(styles, styleId, models, modelId)}
      none="No style"
      onPick={(picked) => void looks.ofProject({ styleId: picked })}
      className={className}
    />
  );
});

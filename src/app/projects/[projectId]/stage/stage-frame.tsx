"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import type { Project } from "@/lib/schemas/project";
import { IconButton } from "../../../_ui/button";
import { tintOf } from "../../../_ui/tint";

interface StageFrameProps extends Pick<
  ComponentProps<typeof Radix.Content>,
  "onEscapeKeyDown" | "onKeyDown" | "onOpenAutoFocus"
> {
  title: ReactNode;
  project: Project;
  /** Beside the title, up to the button that closes it. */
  head: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** Gives the keyboard to the whole of it, and not to its first button. */
export function focusFrame(event: Event): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement).focus();
}

/** What stands over the board on the whole screen. */
export function StageFrame({ title, project, head, onClose, children, ...content }: StageFrameProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-40 flex flex-col bg-[oklch(12%_0.008_260)] outline-none"
          style={{ "--tint": tintOf(project.id), "--shape": `${project.width} / ${project.height}` }}
          {...content}
        >
          <header className="flex min-h-12 shrink-0 items-center gap-3 px-3">
            <Radix.Title className="shrink-0 px-1 font-semibold">{title}</Radix.Title>
            <div className="flex min-w-0 flex-1 items-center gap-3">{head}</div>
            <Radix.Close asChild>
              <IconButton label="Back to the board" shortcut="Esc">
                <X size={16} />
              </IconButton>
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

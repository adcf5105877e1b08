"use client";
import { Tooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Key } from "./key";

interface TipProps {
  label: ReactNode;
  /** Key that does the same. */
  shortcut?: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
}

/** Says what a control is, and its key, when the pointer rests or the focus is on it. */
export function Tip({ label, shortcut, side = "bottom", children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-appear items-center gap-2 rounded bg-lifted px-2 py-1 text-meta text-text shadow"
        >
          {label}
          {shortcut && <Key>{shortcut}</Key>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

"use client";
import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Button } from "../../../_ui/button";
import { counted } from "../../../_ui/wording";
import type { FailureGroup } from "../model/failures";
import { FailureRows } from "./failure-rows";

interface FailedButtonProps {
  groups: readonly FailureGroup[];
  onShow: (sentenceIds: string[]) => void;
  onRetry: (sentenceIds: string[]) => void;
}

/** How many shots failed; opens why. */
export function FailedButton({ groups, onShow, onRetry }: FailedButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const all = groups.flatMap((group) => group.sentenceIds);
  const close =
    (act: (ids: string[]) => void): ((ids: string[]) => void) =>
    (ids) => {
      setIsOpen(false);
      act(ids);
    };
  // The last one was retried: there is nothing to show any more.
  if (all.length === 0) return null;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger className="inline-flex h-8 shrink-0 items-center gap-1 rounded px-1 text-bad hover:underline touch:h-11">
        {all.length.toLocaleString("en")} failed
        <ChevronDown size={12} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Shots with failed pictures"
          className="z-40 w-[min(540px,calc(100vw-16px))] animate-appear rounded bg-raised shadow"
        >
          <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
            <p className="flex-1 font-medium">{counted(all.length, "shot")} with failed pictures</p>
            {groups.length > 1 && (
              <Button onClick={() => close(onRetry)(all)}>Retry all {all.length.toLocaleString("en")}</Button>
            )}
          </div>
          <div className="max-h-[50dvh] overflow-y-auto px-4 py-1">
            <FailureRows groups={groups} onShow={close(onShow)} onRetry={close(onRetry)} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

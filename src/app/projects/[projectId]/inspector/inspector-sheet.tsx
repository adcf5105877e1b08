"use client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "../../../_ui/button";

interface InspectorSheetProps {
  onClose: () => void;
  children: ReactNode;
}

/** The inspector on a narrower screen: a sheet at the right, the whole screen on a phone. The board's keys work in it. */
export function InspectorSheet({ onClose, children }: InspectorSheetProps) {
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          data-board-keys
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-30 w-[400px] max-w-full animate-[slide_160ms_ease-out] overflow-y-auto border-l border-line bg-raised shadow max-sm:w-full"
        >
          <Dialog.Title className="sr-only">Inspector</Dialog.Title>
          <div className="sticky top-0 z-10 flex h-0 justify-end">
            <Dialog.Close asChild>
              <IconButton
                label="Close the inspector"
                shortcut="Esc"
                className="mt-2 mr-2 bg-raised touch:mt-0.5"
              >
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="[&_header]:pr-9 touch:[&_header]:pr-12">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

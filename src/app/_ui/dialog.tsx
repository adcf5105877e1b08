"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names";
import { IconButton } from "./button";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** One or two sentences under the title. */
  description?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
}

/** A dialog in the middle of the page; on a narrow screen it fills it from below. */
export function Dialog({ isOpen, onClose, title, description, isWide = false, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(10%_0.01_260/0.65)]" />
        <Radix.Content
          {...(!description && { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            // The way out comes first in the dialog, but what it is for is where the keyboard goes.
            const dialog = event.currentTarget as HTMLElement | null;
            event.preventDefault();
            (dialog?.querySelector<HTMLElement>("[data-autofocus]") ?? dialog)?.focus();
          }}
          className={cx(
            "fixed inset-x-0 bottom-0 z-40 flex max-h-[calc(100dvh-32px)] animate-rise flex-col overflow-hidden rounded-t bg-raised shadow outline-none sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded",
            isWide ? "sm:w-[680px]" : "sm:w-[460px]",
            "sm:max-w-[calc(100vw-32px)]",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1 pt-1">
              <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" shortcut="Esc">
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

/** What a dialog shows; scrolls if it is long. */
export function DialogBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx("min-h-0 flex-1 overflow-y-auto px-5 py-3", className)}>{children}</div>;
}

/** A dialog's buttons: the way out at the left of the way on. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      {children}
    </footer>
  );
}

"use client";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Tip } from "./tip";

const LOOKS = {
  primary:
    "bg-accent font-semibold text-on-accent hover:bg-accent-strong disabled:bg-lifted disabled:text-muted",
  plain:
    "border border-edge bg-lifted text-text hover:border-muted disabled:text-muted disabled:hover:border-edge",
  quiet: "text-soft hover:bg-lifted hover:text-text disabled:text-muted disabled:hover:bg-transparent",
  danger: "bg-bad font-semibold text-on-accent hover:brightness-110 disabled:bg-lifted disabled:text-muted",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  /** Dims the button and keeps its width while its work is under way. */
  isBusy?: boolean;
}

/** A button with words on it, 32 px high, 44 on touch. */
export function Button({
  look = "plain",
  isBusy = false,
  className,
  type = "button",
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={cx(
        "inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded px-3 whitespace-nowrap transition-colors duration-150 touch:h-11",
        LOOKS[look],
        isBusy && "animate-breathe",
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  label: string;
  shortcut?: string;
  tipSide?: "top" | "bottom" | "left" | "right";
  isPressed?: boolean;
  children: ReactNode;
}

/** A button that is an icon: it always has a name and a tooltip. */
export function IconButton({
  label,
  shortcut,
  tipSide = "bottom",
  isPressed,
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tip label={label} {...(shortcut && { shortcut })} side={tipSide}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        aria-keyshortcuts={shortcut}
        className={cx(
          "inline-grid size-8 shrink-0 place-items-center rounded text-soft transition-colors duration-150 hover:bg-lifted hover:text-text disabled:text-muted disabled:hover:bg-transparent aria-pressed:text-accent touch:size-11",
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tip>
  );
}

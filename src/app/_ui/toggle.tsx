"use client";
import { Switch } from "radix-ui";
import { type ReactNode, useId } from "react";

interface ToggleProps {
  label: string;
  /** What it means when it is on. */
  hint?: ReactNode;
  checked: boolean;
  onChange: (isOn: boolean) => void;
  disabled?: boolean;
}

/** Something that is on or off. */
export function Toggle({ label, hint, checked, onChange, disabled = false }: ToggleProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Switch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="relative mt-px h-[18px] w-8 shrink-0 rounded-full border border-edge bg-lifted transition-colors duration-150 after:absolute after:-inset-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent touch:after:-inset-3"
      >
        <Switch.Thumb className="block size-3 translate-x-0.5 rounded-full bg-soft transition-transform duration-150 data-[state=checked]:translate-x-[15px] data-[state=checked]:bg-on-accent" />
      </Switch.Root>
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-meta text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

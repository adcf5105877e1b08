"use client";
import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

/** The look of boxes that are typed into. */
export const INPUT =
  "min-w-0 rounded border border-edge bg-ground px-2.5 text-text transition-colors duration-150 hover:border-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-bad";

interface FieldProps {
  label: string;
  /** At the right of the label: a state or a count. */
  aside?: ReactNode;
  hint?: ReactNode;
  problem?: ReactNode;
  className?: string;
  children: (props: {
    id: string;
    "aria-invalid": boolean | undefined;
    "aria-describedby": string;
  }) => ReactNode;
}

/** A label, a box, and under it a hint or what is wrong. */
export function Field({ label, aside, hint, problem, className, children }: FieldProps) {
  const id = useId();
  return (
    <div className={cx("space-y-1.5", className)}>
      <div className="flex min-h-4 items-baseline gap-2 text-meta text-muted">
        <label htmlFor={id} className="flex-1">
          {label}
        </label>
        {aside}
      </div>
      {children({ id, "aria-invalid": problem ? true : undefined, "aria-describedby": `${id}-note` })}
      <div id={`${id}-note`} aria-live="polite" className="text-meta">
        {problem ? <p className="text-bad">{problem}</p> : hint ? <p className="text-muted">{hint}</p> : null}
      </div>
    </div>
  );
}

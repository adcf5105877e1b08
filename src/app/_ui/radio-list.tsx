"use client";
import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

export interface RadioOption<T extends string> {
  value: T;
  name: string;
  /** What it does, on a line of its own. */
  hint?: string;
  /** A number or a control at the right. */
  aside?: ReactNode;
  isDisabled?: boolean;
}

interface RadioListProps<T extends string> {
  label: string;
  value: T;
  options: readonly RadioOption<T>[];
  onChoose: (value: T) => void;
  /** Whether the keyboard goes to what is chosen when its dialog opens. */
  isFirst?: boolean;
}

/** One of a few, each on a line with what it means; arrows move between them. */
export function RadioList<T extends string>({ label, value, options, onChoose, isFirst }: RadioListProps<T>) {
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-meta text-muted">{label}</legend>
      {options.map((one) => (
        <div key={one.value} className="flex min-h-8 items-center gap-3 touch:min-h-11">
          <label
            className={cx(
              "flex min-w-0 flex-1 items-start gap-2.5 py-1",
              one.isDisabled ? "text-muted" : "cursor-pointer",
            )}
          >
            <input
              type="radio"
              name={id}
              value={one.value}
              checked={one.value === value}
              disabled={one.isDisabled}
              onChange={() => onChoose(one.value)}
              {...(isFirst && one.value === value && { "data-autofocus": true })}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-muted bg-ground transition-[border-width,border-color] duration-150 checked:border-[5px] checked:border-accent disabled:border-edge"
            />
            <span className="min-w-0">
              {one.name}
              {one.hint && <span className="block text-meta text-muted">{one.hint}</span>}
            </span>
          </label>
          {one.aside}
        </div>
      ))}
    </fieldset>
  );
}

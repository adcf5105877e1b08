"use client";
import { type ComponentProps, type ReactNode, useState } from "react";
import { cx } from "./class-names";
import { Field, INPUT } from "./field";

interface NumberBoxProps extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  label: string;
  /** null where nothing stands there; NaN where what stands there is no number. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** What may be entered: "1 to 150". */
  hint?: ReactNode;
  problem?: ReactNode;
}

const read = (text: string): number | null => (text.trim() === "" ? null : Number(text.replace(",", ".")));

/** A number. What is typed stays as it was typed, also while it is none. */
export function NumberBox({ label, value, onChange, hint, problem, className, ...rest }: NumberBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isTyped = typed !== null && Object.is(read(typed), value);
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(field) => (
        <input
          inputMode="decimal"
          autoComplete="off"
          {...rest}
          {...field}
          value={isTyped ? typed : value === null || Number.isNaN(value) ? "" : String(value)}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(read(event.target.value));
          }}
          className={cx(INPUT, "h-8 w-full touch:h-11", className)}
        />
      )}
    </Field>
  );
}

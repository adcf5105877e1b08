"use client";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Field, INPUT } from "./field";

interface BoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Most characters; the count is shown when it comes near. */
  limit: number;
  hint?: ReactNode;
  problem?: ReactNode;
}

/** Shown from this share of the limit on. */
const NEAR = 0.8;

const counter = (length: number, limit: number) =>
  length >= limit * NEAR ? (
    <span className={length > limit ? "text-bad" : undefined}>
      {length.toLocaleString("en")} of {limit.toLocaleString("en")}
    </span>
  ) : undefined;

type TextBoxProps = BoxProps & Omit<ComponentProps<"input">, keyof BoxProps>;

/** One line of text. */
export function TextBox({ label, value, onChange, limit, hint, problem, className, ...rest }: TextBoxProps) {
  return (
    <Field label={label} aside={counter(value.length, limit)} hint={hint} problem={problem}>
      {(field) => (
        <input
          autoComplete="off"
          {...rest}
          {...field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={cx(INPUT, "h-8 w-full touch:h-11", className)}
        />
      )}
    </Field>
  );
}

type AreaBoxProps = BoxProps & Omit<ComponentProps<"textarea">, keyof BoxProps>;

/** Several lines of text, in a box that grows with them. */
export function AreaBox({ label, value, onChange, limit, hint, problem, className, ...rest }: AreaBoxProps) {
  return (
    <Field label={label} aside={counter(value.length, limit)} hint={hint} problem={problem}>
      {(field) => (
        <textarea
          {...rest}
          {...field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={cx(INPUT, "grows block max-h-80 min-h-18 w-full py-2", className)}
        />
      )}
    </Field>
  );
}

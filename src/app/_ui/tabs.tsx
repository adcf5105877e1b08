"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TabListProps {
  label: string;
  tabs: readonly { value: string; words: string; count?: number | undefined; isDisabled?: boolean }[];
  className?: string;
}

/** The names of parts of which one is shown at a time; the arrows go from one to the next. */
export function TabList({ label, tabs, className = "" }: TabListProps) {
  return (
    <Radix.List aria-label={label} className={`flex gap-1 ${className}`}>
      {tabs.map(({ value, words, count, isDisabled }) => (
        <Radix.Trigger
          key={value}
          value={value}
          disabled={isDisabled}
          className="h-8 rounded px-3 text-soft hover:text-text disabled:text-muted aria-selected:bg-lifted aria-selected:text-text touch:h-11"
        >
          {words}
          {count !== undefined && <span className="ml-1.5 text-muted">{count.toLocaleString("en")}</span>}
        </Radix.Trigger>
      ))}
    </Radix.List>
  );
}

/** One of them. */
export function TabPart({
  value,
  className,
  children,
}: {
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Content value={value} tabIndex={-1} className={className}>
      {children}
    </Radix.Content>
  );
}

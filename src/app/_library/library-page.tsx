import type { ReactNode } from "react";
import { PageFrame } from "../_ui/page-frame";

interface LibraryPageProps {
  title: string;
  /** What these are for, in a sentence. */
  text: string;
  isDemo: boolean;
  /** Shown instead of the list where there is nothing. */
  empty: string;
  children: ReactNode[];
}

/** A list of things that projects are made with. */
export function LibraryPage({ title, text, isDemo, empty, children }: LibraryPageProps) {
  return (
    <PageFrame isDemo={isDemo}>
      <h1 className="text-title font-semibold">{title}</h1>
      <p className="mt-1 mb-6 max-w-[640px] text-soft">{text}</p>
      {children.length === 0 ? (
        <p className="rounded border border-dashed border-edge px-6 py-16 text-center text-soft">{empty}</p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-4">{children}</ul>
      )}
    </PageFrame>
  );
}

/** One of them. */
export function LibraryItem({ children }: { children: ReactNode }) {
  return <li className="min-w-0 space-y-3 rounded bg-raised p-4">{children}</li>;
}

/** A word about a thing's kind or state. */
export function Tag({ children, isOff = false }: { children: string; isOff?: boolean }) {
  return (
    <span
      className={`shrink-0 rounded-full px-2 py-0.5 text-meta ${isOff ? "border border-edge text-muted" : "bg-lifted text-soft"}`}
    >
      {children}
    </span>
  );
}

/** Facts in two columns. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[88px_1fr] gap-x-3 gap-y-1 text-meta">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere text-soft">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

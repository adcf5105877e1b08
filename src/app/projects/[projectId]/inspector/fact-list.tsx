import type { ReactNode } from "react";

export type Fact = readonly [name: string, value: ReactNode];

/** Facts, each with its name. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[72px_1fr] gap-x-3 gap-y-0.5 text-meta">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="truncate text-soft" title={typeof value === "string" ? value : undefined}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

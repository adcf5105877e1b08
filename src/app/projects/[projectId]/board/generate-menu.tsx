"use client";
import { useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { MenuItem, MenuLabel, MenuLine } from "../../../_ui/menu";
import { leftOutOf, type Scope, scopesOf } from "../model/scopes";
import { Foresight } from "./foresight";

export interface GenerateMenuProps {
  /** What the button itself asks for. */
  scope: Scope;
  sentences: readonly Sentence[];
  chosen: ReadonlySet<string>;
  /** Pictures for each shot. */
  takes: number;
  onTakes: (takes: number) => void;
  onGenerate: (scope: Scope) => void;
  onKeep: (sentenceIds: string[]) => void;
}

const TAKES = [1, 2, 4, 8];
/** How each of the menu's choices is asked for. */
const KINDS = {
  missing: { force: false, isRetry: false },
  changed: { force: false, isRetry: false },
  failed: { force: false, isRetry: true },
  needed: { force: true, isRetry: false },
  all: { force: true, isRetry: false },
};

/** Everything that can be generated, and what the line that is looked at would mean. */
export function GenerateMenu({
  scope,
  sentences,
  chosen,
  takes,
  onTakes,
  onGenerate,
  onKeep,
}: GenerateMenuProps) {
  const [looked, setLooked] = useState<Scope | null>(null);
  const all = scopesOf(sentences);
  const chosenShots = sentences.filter((one) => chosen.has(one.id));
  const selected = scopesOf(chosenShots);
  const item = (label: string, of: readonly Sentence[], kind: keyof typeof KINDS) => {
    const sentenceIds = (of === sentences ? all : selected)[kind];
    const asked = { label, sentenceIds, leftOut: leftOutOf(of, kind), ...KINDS[kind] };
    return (
      <MenuItem
        disabled={sentenceIds.length === 0}
        hint={sentenceIds.length.toLocaleString("en")}
        onFocus={() => setLooked(asked)}
        onSelect={() => onGenerate(asked)}
      >
        {label}
      </MenuItem>
    );
  };
  return (
    <>
      {chosen.size > 0 && (
        <>
          <MenuLabel>Selected shots</MenuLabel>
          {item("Generate what is needed", chosenShots, "needed")}
          {item("Paint again", chosenShots, "all")}
          <MenuLine />
        </>
      )}
      <MenuLabel>Whole board</MenuLabel>
      {item("Missing", sentences, "missing")}
      {item("Changed", sentences, "changed")}
      {item("Failed, once more", sentences, "failed")}
      {item("Missing, changed and failed", sentences, "needed")}
      {item("All again", sentences, "all")}
      <MenuLine />
      <MenuItem
        disabled={all.keepable.length === 0}
        hint={all.keepable.length.toLocaleString("en")}
        onSelect={() => onKeep(all.keepable)}
      >
        Keep pictures of changed and failed
      </MenuItem>
      <MenuLine />
      <div className="flex items-center gap-1 px-2.5 py-1">
        <span className="flex-1 text-meta text-muted">Takes for each shot</span>
        {TAKES.map((count) => (
          <MenuItem
            key={count}
            role="menuitemradio"
            aria-checked={count === takes}
            aria-label={`${count} takes for each shot`}
            className={cx(
              "min-h-8! min-w-8 justify-center px-1! text-center",
              count === takes && "bg-lifted text-accent",
            )}
            onSelect={(event) => {
              event.preventDefault();
              onTakes(count);
            }}
          >
            {count}
          </MenuItem>
        ))}
      </div>
      <MenuLine />
      <Foresight scope={looked ?? scope} takes={takes} />
    </>
  );
}

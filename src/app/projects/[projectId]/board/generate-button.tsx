"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { IconButton } from "../../../_ui/button";
import { cx } from "../../../_ui/class-names";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../../../_ui/menu";
import { leftOutOf, type Scope, scopesOf } from "../model/scopes";
import { Foresight } from "./foresight";

interface GenerateButtonProps {
  /** What the button itself asks for. */
  scope: Scope;
  sentences: readonly Sentence[];
  chosen: ReadonlySet<string>;
  /** Pictures for each shot. */
  takes: number;
  isAsking: boolean;
  onTakes: (takes: number) => void;
  onGenerate: (scope: Scope) => void;
  onKeep: (sentenceIds: string[]) => void;
  className?: string;
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

/** The one primary button, and beside it a menu of everything else that can be generated. */
export function GenerateButton({
  scope,
  sentences,
  chosen,
  takes,
  isAsking,
  onTakes,
  onGenerate,
  onKeep,
  className,
}: GenerateButtonProps) {
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
    <div className={cx("flex shrink-0 sm:min-w-48", className)}>
      <button
        type="button"
        data-testid="generate"
        aria-busy={isAsking || undefined}
        aria-keyshortcuts="g"
        onClick={() => !isAsking && onGenerate(scope)}
        className="flex h-8 flex-1 items-center justify-center gap-2 rounded-l bg-accent px-3.5 font-semibold whitespace-nowrap text-on-accent transition-colors duration-150 hover:bg-accent-strong touch:h-11"
      >
        {scope.label}
        {takes > 1 && <span className="font-medium">× {takes}</span>}
        <kbd className="font-sans text-meta font-medium opacity-75 max-sm:hidden">G</kbd>
      </button>
      <Menu
        trigger={
          <IconButton
            label="More to generate"
            className="w-8 rounded-l-none border-l border-on-accent/40 bg-accent text-on-accent! hover:bg-accent-strong data-[state=open]:bg-accent-strong"
          >
            <ChevronDown size={16} />
          </IconButton>
        }
      >
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
          Keep all changed pictures
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
      </Menu>
    </div>
  );
}

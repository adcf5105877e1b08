"use client";
import { Dices, Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { seedSchema } from "@/lib/schemas/common";
import type { Sentence } from "@/lib/schemas/sentence";
import { Button, IconButton } from "../../../_ui/button";
import { Field, INPUT } from "../../../_ui/field";
import { useBoard } from "../board/board-context";

interface SeedRowProps {
  sentence: Sentence;
  canPaint: boolean;
  onNewSeed: () => void;
}

/** The seed: locked it is used again, unlocked each picture draws its own. */
export function SeedRow({ sentence, canPaint, onNewSeed }: SeedRowProps) {
  const { actions } = useBoard();
  const { id: sentenceId, seed, isSeedLocked } = sentence;
  const stored = seed === null ? "" : String(seed);
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  // What was typed over a seed that is no longer the stored one is over.
  const text = typed?.over === stored ? typed.text : null;
  const setText = (next: string | null) => setTyped(next === null ? null : { text: next, over: stored });
  const value = text ?? stored;
  const checked = seedSchema.safeParse(/^\s*\d+\s*$/.test(value) ? Number(value) : Number.NaN);
  const problem =
    text === null || value === "" || checked.success ? null : "A seed is a whole number from 0 to 2^53 − 1.";

  const store = () => {
    if (text === null || text.trim() === stored) return setText(null);
    if (text.trim() === "") void actions.update([{ sentenceId, seed: null, isSeedLocked: false }]);
    else if (checked.success) void actions.update([{ sentenceId, seed: checked.data, isSeedLocked: true }]);
  };
  const toggleLock = () => void actions.update([{ sentenceId, isSeedLocked: !isSeedLocked }]);

  return (
    <Field
      label="Seed"
      aside={<span>{isSeedLocked ? "used for each picture" : "a new one for each picture"}</span>}
      problem={problem}
    >
      {(field) => (
        <div className="flex gap-1.5">
          <input
            {...field}
            inputMode="numeric"
            autoComplete="off"
            placeholder="drawn when painted"
            className={`${INPUT} h-8 flex-1 touch:h-11`}
            value={value}
            onChange={(event) => setText(event.target.value)}
            onBlur={store}
            onKeyDown={(event) => {
              if (event.key === "Enter") store();
              if (event.key === "Escape") {
                event.stopPropagation();
                setText(null);
                event.currentTarget.blur();
              }
            }}
          />
          <IconButton
            label={isSeedLocked ? "Unlock the seed" : "Lock the seed"}
            isPressed={isSeedLocked}
            disabled={seed === null && !isSeedLocked}
            onClick={toggleLock}
            className="border border-edge"
          >
            {isSeedLocked ? <Lock size={14} /> : <LockOpen size={14} />}
          </IconButton>
          <Button onClick={onNewSeed} disabled={!canPaint} aria-keyshortcuts="Shift+R">
            <Dices size={14} aria-hidden /> New seed
          </Button>
        </div>
      )}
    </Field>
  );
}

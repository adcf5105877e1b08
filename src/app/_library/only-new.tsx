"use client";
import type { Foresight } from "@/lib/schemas/common";
import { Toggle } from "../_ui/toggle";

interface OnlyNewProps {
  /** What the change would do; nothing is offered where that is nothing. */
  foresight: Foresight | undefined;
  checked: boolean;
  onChange: (isOnlyNew: boolean) => void;
}

/** Offers to leave the pictures that are there as they are. */
export function OnlyNew({ foresight, checked, onChange }: OnlyNewProps) {
  if (!foresight || foresight.shots === 0) return null;
  return <Toggle label="Only for new pictures" checked={checked} onChange={onChange} />;
}

import { useState } from "react";
import type { Model } from "@/lib/schemas/model";
import { ChoiceRow } from "../_ui/choice-row";

interface ModelChecksProps {
  models: readonly Model[];
  /** Ids; empty = all. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  problem: string | undefined;
}

const REACH = [
  { value: "all", name: "All models" },
  { value: "some", name: "Only some" },
] as const;

/** Which models a style goes with. None chosen means all of them. */
export function ModelChecks({ models, chosen, onChange, problem }: ModelChecksProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const isSome = isChoosing || chosen.length > 0;
  const choose = (reach: (typeof REACH)[number]["value"]) => {
    setIsChoosing(reach === "some");
    if (reach === "all") onChange([]);
  };
  return (
    <div className="space-y-1.5">
      <ChoiceRow label="Goes with" value={isSome ? "some" : "all"} choices={REACH} onChoose={choose} />
      {isSome && (
        <fieldset aria-label="Models it goes with">
          {models.map(({ id, name, isActive }) => (
            <label key={id} className="flex min-h-7 items-center gap-2.5 touch:min-h-11">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
                className="size-3.5"
              />
              <span>{name}</span>
              {!isActive && <span className="text-meta text-muted">switched off</span>}
            </label>
          ))}
          {chosen.length === 0 && (
            <p className="text-meta text-muted">None is chosen yet: until then it goes with all.</p>
          )}
        </fieldset>
      )}
      {problem && <p className="text-meta text-bad">{problem}</p>}
    </div>
  );
}

import type { Model } from "@/lib/schemas/model";

interface ModelChecksProps {
  models: readonly Model[];
  /** Ids; empty = all. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  problem: string | undefined;
}

/** Which models a style goes with. None chosen means all of them. */
export function ModelChecks({ models, chosen, onChange, problem }: ModelChecksProps) {
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1.5 text-meta text-muted">Goes with</legend>
      <Line
        label="All models"
        checked={chosen.length === 0}
        onChange={() => onChange([])}
        type="radio"
        hint={chosen.length === 0 ? null : "Click to allow every model again"}
      />
      {models.map(({ id, name, isActive }) => (
        <Line
          key={id}
          label={isActive ? name : `${name}, switched off`}
          checked={chosen.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
          type="checkbox"
          hint={null}
        />
      ))}
      {problem && <p className="text-meta text-bad">{problem}</p>}
    </fieldset>
  );
}

interface LineProps {
  label: string;
  type: "radio" | "checkbox";
  checked: boolean;
  onChange: (isOn: boolean) => void;
  hint: string | null;
}

function Line({ label, type, checked, onChange, hint }: LineProps) {
  return (
    <label className="flex min-h-6 items-center gap-2.5 touch:min-h-11" title={hint ?? undefined}>
      <input
        type={type}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5"
      />
      {label}
    </label>
  );
}

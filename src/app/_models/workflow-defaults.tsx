import type { ModelInspection } from "@/lib/schemas/model";
import { LIMITS } from "@/lib/limits";
import { Button } from "../_ui/button";
import type { ModelValues } from "./model-values";

type Defaults = Partial<Pick<ModelValues, "defaultSteps" | "defaultCfg" | "renderWidth" | "renderHeight">>;

/** The steps and guidance that a workflow was saved with; what it does not have, or not in numbers, is left out. */
export function settingsOf({ slots }: Pick<ModelInspection, "slots">): Defaults {
  const steps = numberIn(slots, "steps");
  const cfg = numberIn(slots, "cfg");
  return {
    ...(steps !== null && steps >= 1 && steps <= LIMITS.stepsMax && { defaultSteps: Math.round(steps) }),
    ...(cfg !== null && cfg >= 0 && cfg <= LIMITS.cfgMax && { defaultCfg: cfg }),
  };
}

/** The size that a workflow was saved with, where a model may have that. */
function sizeOf({ slots }: Pick<ModelInspection, "slots">): Defaults {
  const [width, height] = [numberIn(slots, "width"), numberIn(slots, "height")];
  const isSide = (side: number | null): side is number =>
    side !== null && side % 16 === 0 && side >= LIMITS.sideMin && side <= LIMITS.sideMax;
  return isSide(width) && isSide(height) ? { renderWidth: width, renderHeight: height } : {};
}

function numberIn(slots: ModelInspection["slots"], slot: string): number | null {
  const value = Number.parseFloat(slots.find((one) => one.slot === slot)?.value ?? "");
  return Number.isNaN(value) ? null : value;
}

interface WorkflowDefaultsProps {
  inspection: Pick<ModelInspection, "slots">;
  values: ModelValues;
  onChange: (changes: Defaults) => void;
}

/** Takes over what the workflow was saved with, where the form says something else. */
export function WorkflowDefaults({ inspection, values, onChange }: WorkflowDefaultsProps) {
  const isOther = (defaults: Defaults) =>
    Object.entries(defaults).some(([field, value]) => values[field as keyof ModelValues] !== value);
  const settings = settingsOf(inspection);
  const size = sizeOf(inspection);
  const words = [
    settings.defaultSteps != null && `${settings.defaultSteps} steps`,
    settings.defaultCfg != null && `cfg ${settings.defaultCfg}`,
  ].filter(Boolean);
  if (!isOther(settings) && !isOther(size)) return null;
  return (
    <section aria-labelledby="defaults" className="space-y-2">
      <h3 id="defaults" className="text-meta text-muted">
        The workflow was saved with
      </h3>
      <div className="flex flex-wrap gap-2">
        {isOther(settings) && <Button onClick={() => onChange(settings)}>Use {words.join(", ")}</Button>}
        {isOther(size) && (
          <Button onClick={() => onChange(size)}>
            Render at {size.renderWidth}×{size.renderHeight}
          </Button>
        )}
      </div>
    </section>
  );
}

"use client";
import { useState } from "react";
import { LIMITS } from "@/lib/limits";
import type { Model } from "@/lib/schemas/model";
import type { Style } from "@/lib/schemas/style";
import { NumberBox } from "../_ui/number-box";
import { Picker } from "../_ui/picker";
import { modelChoices, styleChoices } from "./choices";
import { presetOf, SIZES } from "./sizes";

/** What pictures of a project are made with. */
export interface ProjectLook {
  modelId: string | null;
  styleId: string | null;
  width: number | null;
  height: number | null;
}

interface ProjectFieldsProps {
  look: ProjectLook;
  onChange: (look: Partial<ProjectLook>) => void;
  models: readonly Model[];
  styles: readonly Style[];
  /** What is wrong, by field. */
  problems: Readonly<Record<string, string>>;
}

const SIDE_HINT = `${LIMITS.sideMin} to ${LIMITS.sideMax.toLocaleString("en")}, in steps of 16`;

/** Model, style and size of a project's pictures. */
export function ProjectFields({ look, onChange, models, styles, problems }: ProjectFieldsProps) {
  const [isOwnSize, setIsOwnSize] = useState(false);
  const preset = isOwnSize ? null : presetOf(look.width, look.height);
  const model = models.find((one) => one.id === look.modelId);
  const isFixed = model !== undefined && model.renderWidth !== null && model.renderHeight !== null;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Picker
          label="Model"
          value={look.modelId}
          options={modelChoices(models, look.modelId)}
          none="Default workflow"
          onPick={(modelId) => onChange({ modelId })}
        />
        <Picker
          label="Style"
          value={look.styleId}
          options={styleChoices(styles, look.styleId, models, look.modelId)}
          none="No style"
          onPick={(styleId) => onChange({ styleId })}
        />
        <Picker
          label="Size"
          value={preset?.id ?? null}
          options={SIZES.map(({ id, name }) => ({ id, name, obstacle: null }))}
          none="Another size"
          noneShown={`${look.width ?? "–"} × ${look.height ?? "–"}`}
          onPick={(id) => {
            const picked = SIZES.find((one) => one.id === id);
            setIsOwnSize(picked === undefined);
            if (picked) onChange({ width: picked.width, height: picked.height });
          }}
          className="sm:col-span-2"
        />
      </div>
      {preset === null && (
        <div className="grid grid-cols-2 gap-3">
          <NumberBox
            label="Width in pixels"
            value={look.width}
            onChange={(width) => onChange({ width })}
            hint={SIDE_HINT}
            problem={problems["width"]}
          />
          <NumberBox
            label="Height in pixels"
            value={look.height}
            onChange={(height) => onChange({ height })}
            hint={SIDE_HINT}
            problem={problems["height"]}
          />
        </div>
      )}
      {isFixed && (
        <p className="text-meta text-muted">
          {model.name} renders at {model.renderWidth} × {model.renderHeight}, whatever is chosen here.
        </p>
      )}
    </>
  );
}

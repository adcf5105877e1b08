"use client";
import { LIMITS } from "@/lib/limits";
import { ChoiceRow } from "../_ui/choice-row";
import { NumberBox } from "../_ui/number-box";
import { TextBox } from "../_ui/text-box";
import { Toggle } from "../_ui/toggle";
import { MODEL_TYPES } from "./model-words";
import type { ModelValues, UploadedWorkflow } from "./model-values";
import { WorkflowField } from "./workflow-field";

interface ModelFormProps {
  /** A model that is there stays one for pictures, or one for videos. */
  isNew: boolean;
  values: ModelValues;
  upload: UploadedWorkflow | null;
  servers: readonly { url: string; name: string }[];
  onChange: (changes: Partial<ModelValues>) => void;
  onUpload: (upload: UploadedWorkflow | null) => void;
  problems: Readonly<Record<string, string>>;
}

const isVideo = (type: ModelValues["workflowType"]) => type === "image-to-video";

const SIDE = `empty, or ${LIMITS.sideMin} to ${LIMITS.sideMax.toLocaleString("en")} in steps of 16`;

/** A model's fields. */
export function ModelForm({ isNew, values, upload, servers, onChange, onUpload, problems }: ModelFormProps) {
  return (
    <>
      <TextBox
        label="Name"
        limit={LIMITS.name}
        value={values.name}
        onChange={(name) => onChange({ name })}
        problem={problems["name"]}
      />
      <ChoiceRow
        label="Kind"
        value={values.workflowType}
        choices={
          isNew
            ? MODEL_TYPES
            : MODEL_TYPES.filter((one) => isVideo(one.value) === isVideo(values.workflowType))
        }
        onChoose={(workflowType) => onChange({ workflowType })}
      />
      <p aria-live="polite" className="text-meta text-warn empty:hidden">
        {problems["workflowCategory"] ??
          (isVideo(values.workflowType) && "Video workflows can be kept here, and are not run yet.")}
      </p>
      <WorkflowField
        type={values.workflowType}
        file={values.workflowFile}
        upload={upload}
        servers={servers}
        onFile={(workflowFile) => onChange({ workflowFile })}
        onUpload={onUpload}
        problem={problems["workflow"] ?? problems["workflowFile"]}
      />
      <div className="grid grid-cols-2 gap-3">
        <NumberBox
          label="Steps"
          value={values.defaultSteps}
          onChange={(defaultSteps) => onChange({ defaultSteps })}
          hint={`1 to ${LIMITS.stepsMax}`}
          problem={problems["defaultSteps"]}
        />
        <NumberBox
          label="Guidance (cfg)"
          value={values.defaultCfg}
          onChange={(defaultCfg) => onChange({ defaultCfg })}
          hint={`0 to ${LIMITS.cfgMax}; 1 for distilled models`}
          problem={problems["defaultCfg"]}
        />
        <NumberBox
          label="Renders at, width"
          value={values.renderWidth}
          onChange={(renderWidth) => onChange({ renderWidth })}
          hint={SIDE}
          problem={problems["renderWidth"]}
          placeholder="as the project"
        />
        <NumberBox
          label="Renders at, height"
          value={values.renderHeight}
          onChange={(renderHeight) => onChange({ renderHeight })}
          hint="For models that know one size only"
          problem={problems["renderHeight"]}
          placeholder="as the project"
        />
      </div>
      <Toggle
        label="Offered in projects"
        hint="Switched off, it cannot be picked and paints nothing; pictures that it made stay."
        checked={values.isActive}
        onChange={(isActive) => onChange({ isActive })}
      />
    </>
  );
}

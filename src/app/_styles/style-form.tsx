"use client";
import { LIMITS } from "@/lib/limits";
import type { Model } from "@/lib/schemas/model";
import { ChoiceRow } from "../_ui/choice-row";
import { AreaBox, TextBox } from "../_ui/text-box";
import { Toggle } from "../_ui/toggle";
import { LoraFields } from "./lora-fields";
import { ModelChecks } from "./model-checks";
import type { StyleValues } from "./style-values";

interface StyleFormProps {
  values: StyleValues;
  onChange: (changes: Partial<StyleValues>) => void;
  problems: Readonly<Record<string, string>>;
  models: readonly Model[];
}

const TYPES = [
  { value: "prompt", name: "Prompt" },
  { value: "lora", name: "LoRA" },
] as const;

/** A style's fields. */
export function StyleForm({ values, onChange, problems, models }: StyleFormProps) {
  const isLora = values.styleType === "lora";
  const negative = models.filter((model) => model.slots.some((one) => one.slot === "negative"));
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
        value={values.styleType}
        choices={TYPES}
        onChoose={(styleType) => onChange({ styleType })}
      />
      {isLora && <LoraFields values={values} onChange={onChange} problems={problems} />}
      <AreaBox
        label={isLora ? "Trigger words, and words before the prompt" : "Words before the prompt"}
        limit={LIMITS.text}
        value={values.promptPrefix}
        onChange={(promptPrefix) => onChange({ promptPrefix })}
        problem={problems["promptPrefix"]}
        hint={
          <>
            They come before every shot’s prompt, with a comma between, or just a blank where they end in
            punctuation. To put the prompt in their middle, write{" "}
            <code className="rounded-[4px] bg-lifted px-1 font-sans text-soft">{"{prompt}"}</code> where it
            goes: “A {"{prompt}"}, painted on wood”.{" "}
            <code className="rounded-[4px] bg-lifted px-1 font-sans text-soft">{"{characters}"}</code> becomes
            who is in the shot: “image 1 is NAME: description” for each reference picture, or the descriptions
            alone where none are used.
          </>
        }
      />
      <AreaBox
        label="Negative prompt: what shall not be there"
        limit={LIMITS.text}
        value={values.negativePrompt}
        onChange={(negativePrompt) => onChange({ negativePrompt })}
        problem={problems["negativePrompt"]}
        hint={
          negative.length === 0
            ? "No model here takes one: it is left out."
            : `Taken by ${negative.map((one) => one.name).join(", ")}; left out with the others.`
        }
      />
      <ModelChecks
        models={models}
        chosen={values.compatibleModels}
        onChange={(compatibleModels) => onChange({ compatibleModels })}
        problem={problems["compatibleModels"]}
      />
      <Toggle
        label="Needs a character with a picture"
        hint="A shot without one is not painted in this style, and says why."
        checked={values.requiresCharacterRef}
        onChange={(requiresCharacterRef) => onChange({ requiresCharacterRef })}
      />
      <Toggle
        label="Offered in projects"
        hint="Switched off, it cannot be picked; pictures that were made in it stay."
        checked={values.isActive}
        onChange={(isActive) => onChange({ isActive })}
      />
    </>
  );
}

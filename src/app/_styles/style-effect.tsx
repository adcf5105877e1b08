"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { asksForCharacters } from "@/lib/plan/prompt-parts";
import { IconButton } from "../_ui/button";
import { Picker } from "../_ui/picker";
import { PromptText } from "../_ui/prompt-text";
import type { StyleValues } from "./style-values";
import type { Sample } from "./use-sample";

interface StyleEffectProps {
  values: StyleValues;
  sample: Sample;
  /** What `{characters}` becomes in the sample. */
  characters: string;
  /** The newest picture, and how to paint another. */
  test: ReactNode;
}

/** What a style does: its newest picture, and the final prompt of a sentence as it is typed. */
export function StyleEffect({ values, sample, characters, test }: StyleEffectProps) {
  const { styleType, promptPrefix, negativePrompt, loraFile, loraStrength } = values;
  return (
    <>
      {test}
      <section aria-labelledby="final-prompt" className="space-y-2">
        <div className="flex items-center gap-2">
          <h3 id="final-prompt" className="flex-1 text-meta text-muted">
            Final prompt
          </h3>
          {sample.total > 0 && (
            <>
              <span className="text-meta text-muted">
                shot {sample.number.toLocaleString("en")} of {sample.total.toLocaleString("en")}
              </span>
              <IconButton
                label="Previous sentence"
                disabled={sample.number <= 1}
                onClick={() => sample.step(-1)}
                className="-mr-2"
              >
                <ChevronLeft size={14} />
              </IconButton>
              <IconButton
                label="Next sentence"
                disabled={sample.number >= sample.total}
                onClick={() => sample.step(1)}
              >
                <ChevronRight size={14} />
              </IconButton>
            </>
          )}
        </div>
        {sample.projects.length > 0 && (
          <Picker
            label="Sentences of"
            value={sample.projectId}
            options={sample.projects.map(({ id, name }) => ({ id, name, obstacle: null }))}
            onPick={sample.chooseProject}
            className="w-full"
          />
        )}
        {sample.imagePrompt === null ? (
          <div aria-hidden className="h-14 animate-late rounded bg-raised" />
        ) : (
          <PromptText
            prefix={promptPrefix}
            imagePrompt={sample.imagePrompt}
            characters={characters}
            isOnGround
          />
        )}
        {sample.imagePrompt !== null && asksForCharacters(promptPrefix) && characters === "" && (
          <p className="text-meta text-muted">
            There is nobody to describe in this sentence: {"{characters}"} becomes nothing here.
          </p>
        )}
        {negativePrompt.trim() !== "" && (
          <p className="text-meta break-words text-muted">
            Without: <span className="text-soft">{negativePrompt}</span>
          </p>
        )}
        {styleType === "lora" && loraFile.trim() !== "" && (
          <p className="text-meta wrap-anywhere text-muted">
            LoRA: <span className="text-soft">{loraFile}</span>, strength {loraStrength ?? "–"}
          </p>
        )}
      </section>
    </>
  );
}

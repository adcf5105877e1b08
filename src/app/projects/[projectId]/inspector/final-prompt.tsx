"use client";
import { useCallback, useSyncExternalStore } from "react";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Model } from "@/lib/schemas/model";
import { asksForCharacters } from "@/lib/plan/prompt-parts";
import type { Style } from "@/lib/schemas/style";
import { charactersOf } from "../../../_characters/shot-people";
import { PromptText } from "../../../_ui/prompt-text";
import { useBoard } from "../board/board-context";

interface FinalPromptProps {
  sentence: Sentence;
  style: Style | null;
  model: Model | null;
}

/** What is sent to ComfyUI, as it is typed; what comes from style and characters is told apart. */
export function FinalPrompt({ sentence, style, model }: FinalPromptProps) {
  const { cast } = useBoard();
  const text = useTyped(sentence, "text") ?? sentence.text;
  const imagePrompt = useTyped(sentence, "imagePrompt") ?? sentence.imagePrompt;
  const characters = charactersOf({ ...sentence, text }, cast, model);
  const takesNegative = model?.slots.some((one) => one.slot === "negative") ?? false;
  return (
    <section aria-label="Final prompt" className="space-y-1.5">
      <h3 className="flex items-baseline gap-2 text-meta text-muted">
        <span className="flex-1">Final prompt</span>
        {style?.promptPrefix && (
          <span>
            <span className="text-accent">{style.name}</span>
            {asksForCharacters(style.promptPrefix) &&
              (characters === "" ? ", nobody to describe" : ", characters underlined")}
          </span>
        )}
      </h3>
      <PromptText
        prefix={style?.promptPrefix ?? null}
        imagePrompt={imagePromptOf({ text, imagePrompt })}
        characters={characters}
      />
      {takesNegative && style?.negativePrompt && (
        <p className="text-meta break-words text-muted">
          Without: <span className="text-soft">{style.negativePrompt}</span>
        </p>
      )}
    </section>
  );
}

/** What is being typed into a field of this shot, or null. */
function useTyped(sentence: Sentence, field: "text" | "imagePrompt"): string | null {
  const { drafts } = useBoard();
  const key = `${sentence.id} ${field}`;
  return useSyncExternalStore(
    drafts.subscribe,
    useCallback(() => drafts.get(key)?.text ?? null, [drafts, key]),
    () => null,
  );
}

"use client";
import { useCallback, useSyncExternalStore } from "react";
import { imagePromptOf } from "@/lib/plan/resolve-plan";
import type { Sentence } from "@/lib/schemas/sentence";
import type { Style } from "@/lib/schemas/style";
import { PromptText } from "../../../_ui/prompt-text";
import { useBoard } from "../board/board-context";

interface FinalPromptProps {
  sentence: Sentence;
  style: Style | null;
  /** Whether the model's workflow has a place for a negative prompt. */
  takesNegative: boolean;
}

/** What is sent to ComfyUI, as it is typed; the style's words are told apart. */
export function FinalPrompt({ sentence, style, takesNegative }: FinalPromptProps) {
  const text = useTyped(sentence, "text") ?? sentence.text;
  const imagePrompt = useTyped(sentence, "imagePrompt") ?? sentence.imagePrompt;
  return (
    <section aria-label="Final prompt" className="space-y-1.5">
      <h3 className="flex items-baseline gap-2 text-meta text-muted">
        <span className="flex-1">Final prompt</span>
        {style?.promptPrefix && (
          <span>
            <span className="text-accent">{style.name}</span> first
          </span>
        )}
      </h3>
      <PromptText prefix={style?.promptPrefix ?? null} imagePrompt={imagePromptOf({ text, imagePrompt })} />
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

import { promptParts } from "@/lib/plan/prompt-parts";

/** A final prompt, the style's words told from the shot's. */
export function PromptText({ prefix, imagePrompt }: { prefix: string | null; imagePrompt: string }) {
  return (
    <p className="max-h-40 overflow-y-auto rounded bg-ground px-2.5 py-2 break-words whitespace-pre-wrap text-soft">
      {promptParts(prefix, imagePrompt).map(({ text, isStyle }, index) => (
        <span key={index} className={isStyle ? "text-accent" : undefined}>
          {text}
        </span>
      ))}
    </p>
  );
}

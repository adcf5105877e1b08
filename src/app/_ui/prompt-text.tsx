import { promptParts } from "@/lib/plan/prompt-parts";
import { cx } from "./class-names";

interface PromptTextProps {
  prefix: string | null;
  imagePrompt: string;
  /** Whether it stands on the page itself, not on a raised panel. */
  isOnGround?: boolean;
}

/** A final prompt, the style's words told from the shot's. */
export function PromptText({ prefix, imagePrompt, isOnGround = false }: PromptTextProps) {
  return (
    <p
      className={cx(
        "max-h-40 overflow-y-auto rounded px-2.5 py-2 break-words whitespace-pre-wrap text-soft",
        isOnGround ? "bg-raised" : "bg-ground",
      )}
    >
      {promptParts(prefix, imagePrompt).map(({ text, isStyle }, index) => (
        <span key={index} className={isStyle ? "text-accent" : undefined}>
          {text}
        </span>
      ))}
    </p>
  );
}

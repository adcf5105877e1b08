import { promptParts, type PromptPart } from "@/lib/plan/prompt-parts";
import { cx } from "./class-names";

interface PromptTextProps {
  prefix: string | null;
  imagePrompt: string;
  /** What `{characters}` in the prefix becomes. */
  characters: string;
  /** Whether it stands on the page itself, not on a raised panel. */
  isOnGround?: boolean;
}

const LOOKS: Readonly<Record<PromptPart["from"], string | undefined>> = {
  style: "text-accent",
  prompt: undefined,
  characters: "text-text underline decoration-dotted underline-offset-3",
};
const TITLES: Readonly<Record<PromptPart["from"], string>> = {
  style: "From the style",
  prompt: "The shot’s prompt",
  characters: "The shot’s characters",
};

/** A final prompt; what comes from the style, from the shot and from its characters is told apart. */
export function PromptText({ prefix, imagePrompt, characters, isOnGround = false }: PromptTextProps) {
  return (
    <p
      className={cx(
        "max-h-40 overflow-y-auto rounded px-2.5 py-2 break-words whitespace-pre-wrap text-soft",
        isOnGround ? "bg-raised" : "bg-ground",
      )}
    >
      {promptParts(prefix, imagePrompt, characters).map(({ text, from }, index) => (
        <span key={index} title={TITLES[from]} className={LOOKS[from]}>
          {text}
        </span>
      ))}
    </p>
  );
}

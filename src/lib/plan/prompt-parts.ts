import { composePrompt } from "./compose-prompt";

/** A piece of the final prompt, and whether it comes from the style. */
export interface PromptPart {
  text: string;
  isStyle: boolean;
}

/** The final prompt in pieces, so that the style's words can be told from the shot's. Joined they are the prompt. */
export function promptParts(prefix: string | null, imagePrompt: string): PromptPart[] {
  const prompt = imagePrompt.trim();
  const whole = composePrompt(prefix, imagePrompt);
  const parts: PromptPart[] = [];
  let rest = whole;
  if (prefix?.includes("{prompt}") && prompt !== "") {
    for (const piece of prefix.trim().split("{prompt}").slice(0, -1)) {
      if (piece !== "") parts.push({ text: rest.slice(0, piece.length), isStyle: true });
      parts.push({ text: prompt, isStyle: false });
      rest = rest.slice(piece.length + prompt.length);
    }
    if (rest !== "") parts.push({ text: rest, isStyle: true });
    return parts;
  }
  const head = whole.slice(0, whole.length - prompt.length);
  if (head !== "") parts.push({ text: head, isStyle: true });
  if (prompt !== "") parts.push({ text: prompt, isStyle: false });
  return parts;
}

import { promptParts } from "./prompt-parts";

/**
 * The prompt that is sent: the style's prefix, then the image prompt. A `{prompt}` in the prefix is replaced
 * instead, and a `{characters}` by who is in the picture. All are trimmed; prefix and prompt are joined by a space
 * if the prefix ends in punctuation, else by ", ".
 * @param characters see `describeCharacters`
 */
export function composePrompt(prefix: string | null, imagePrompt: string, characters = ""): string {
  return promptParts(prefix, imagePrompt, characters)
    .map((part) => part.text)
    .join("");
}

const ENDS_IN_PUNCTUATION = /[\p{P}]$/u;
const PLACEHOLDER = "{prompt}";

/**
 * The prompt that is sent: the style's prefix, then the image prompt. A `{prompt}` in the prefix is replaced
 * instead. Both are trimmed; they are joined by a space if the prefix ends in punctuation, else by ", ".
 */
export function composePrompt(prefix: string | null, imagePrompt: string): string {
  const head = (prefix ?? "").trim();
  const prompt = imagePrompt.trim();
  if (head.includes(PLACEHOLDER)) return head.replaceAll(PLACEHOLDER, () => prompt).trim();
  if (head === "") return prompt;
  if (prompt === "") return head;
  return ENDS_IN_PUNCTUATION.test(head) ? `${head} ${prompt}` : `${head}, ${prompt}`;
}

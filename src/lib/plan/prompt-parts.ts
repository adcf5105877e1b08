const ENDS_IN_PUNCTUATION = /[\p{P}]$/u;
const PROMPT = "{prompt}";
const CHARACTERS = "{characters}";
const PLACEHOLDERS = /(\{prompt\}|\{characters\})/;

/** What divides the words of a prompt: it goes with a `{characters}` that stands for nobody. */
const DIVIDERS = ",;:|、，；：–—";
const STARTS_DIVIDED = new RegExp(`^[${DIVIDERS}]\\s*`, "u");
const STARTS_WITH_END = /^[.!?。]/u;
const ENDS_DIVIDED = new RegExp(`[.!?。${DIVIDERS}]$`, "u");
const AT_START = new RegExp(`^[\\s.。${DIVIDERS}]+`, "u");
const AT_END = new RegExp(`[\\s${DIVIDERS}]+$`, "u");

/** A piece of the final prompt, and where it comes from. */
export interface PromptPart {
  text: string;
  from: "style" | "prompt" | "characters";
}

/** Whether a prefix asks for the shot's characters. */
export const asksForCharacters = (prefix: string | null): boolean => prefix?.includes(CHARACTERS) ?? false;

/**
 * The final prompt in pieces, so that the style's words can be told from the shot's. Joined they are the prompt;
 * see `composePrompt`.
 */
export function promptParts(prefix: string | null, imagePrompt: string, characters = ""): PromptPart[] {
  const prompt = imagePrompt.trim();
  const people = characters.trim();
  const head = people === "" ? withoutCharacters(prefix ?? "") : (prefix ?? "").trim();
  const parts = head.split(PLACEHOLDERS).map((text, index, all): PromptPart => {
    if (text === PROMPT) return { text: prompt, from: "prompt" };
    if (text !== CHARACTERS) return { text, from: "style" };
    // The style's own punctuation takes the place of a description's.
    const isEnded = /^[.,;]/.test(all[index + 1] ?? "");
    return { text: isEnded ? people.replace(/[.,;]+$/, "") : people, from: "characters" };
  });
  if (head.includes(PROMPT)) return trimmed(parts);
  const said = trimmed(parts);
  const last = said.at(-1);
  if (prompt === "") return said;
  if (last) {
    const joint = ENDS_IN_PUNCTUATION.test(last.text) ? " " : ", ";
    if (last.from === "style") last.text += joint;
    else said.push({ text: joint, from: "style" });
  }
  return [...said, { text: prompt, from: "prompt" }];
}

/** The prefix where nobody is in the picture: what divided the place from the words around it goes too. */
function withoutCharacters(prefix: string): string {
  const [first, ...others] = prefix.trim().split(CHARACTERS);
  return others.reduce(closeGap, first!).trim();
}

function closeGap(before: string, after: string): string {
  if (/[([]$/.test(before) && /^[)\]]/.test(after)) return closeGap(before.slice(0, -1), after.slice(1));
  const left = before.trimEnd();
  const right = after.trimStart();
  if (left === "") return right.replace(AT_START, "");
  if (right === "") return left.replace(AT_END, "");
  if (STARTS_WITH_END.test(right)) return left.replace(AT_END, "") + right;
  // Of two that stood around it, one stays.
  if (STARTS_DIVIDED.test(right))
    return ENDS_DIVIDED.test(left) ? `${left} ${right.replace(STARTS_DIVIDED, "")}` : left + right;
  const [blank = ""] = before.slice(left.length) + after.slice(0, after.length - right.length);
  return left + blank + right;
}

/** Without blanks at either end, and without empty pieces. */
function trimmed(parts: readonly PromptPart[]): PromptPart[] {
  const left = [...parts];
  while (left[0]?.text.trim() === "") left.shift();
  while (left.at(-1)?.text.trim() === "") left.pop();
  return left
    .map((part, index) => {
      const text = index === 0 ? part.text.trimStart() : part.text;
      return { ...part, text: index === left.length - 1 ? text.trimEnd() : text };
    })
    .filter((part) => part.text !== "");
}

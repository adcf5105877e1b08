import { Button } from "../../../_ui/button";
import { type Filter, type Kind } from "../model/filter";

const WORDS: Partial<Record<Kind, string>> = {
  missing: "Every shot has its picture.",
  dirty: "Every picture matches its prompt.",
  failed: "No picture has failed.",
  open: "Nothing is in line.",
};

/** What a filter that shows nothing says: good news, where it is one of the states. */
function wordsOf({ text, kinds, marks, characters, styles, sections }: Filter): string {
  const [kind] = kinds;
  const isAlone = [marks, characters, styles, sections].every((some) => some.length === 0);
  if (text.trim() !== "")
    return isAlone && kind === undefined
      ? `No sentence and no prompt has “${text.trim()}” in it.`
      : `No shot that fits the other filters has “${text.trim()}” in it.`;
  const words = kind !== undefined && kinds.length === 1 && isAlone ? WORDS[kind] : undefined;
  return words ?? "No shot fits all of these filters.";
}

export function NothingShown({ filter, onShowAll }: { filter: Filter; onShowAll: () => void }) {
  return (
    <div className="grid h-full place-items-center p-6">
      <div className="space-y-3 text-center">
        <p className="text-soft wrap-anywhere">{wordsOf(filter)}</p>
        <Button onClick={onShowAll}>Show all shots</Button>
      </div>
    </div>
  );
}

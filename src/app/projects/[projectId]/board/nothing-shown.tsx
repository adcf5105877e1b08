import { Button } from "../../../_ui/button";
import type { Filter } from "../model/filter";

const WORDS: Record<Filter, string> = {
  all: "There is no shot yet.",
  missing: "Every shot has its picture.",
  dirty: "Every picture matches its prompt.",
  failed: "No picture has failed.",
};

/** A filter that shows nothing, which is good news. */
export function NothingShown({ filter, onShowAll }: { filter: Filter; onShowAll: () => void }) {
  return (
    <div className="grid h-full place-items-center p-6">
      <div className="space-y-3 text-center">
        <p className="text-soft">{WORDS[filter]}</p>
        <Button onClick={onShowAll}>Show all shots</Button>
      </div>
    </div>
  );
}

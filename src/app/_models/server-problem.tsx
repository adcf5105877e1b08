import { Download } from "lucide-react";
import type { ModelInspection } from "@/lib/schemas/model";
import { CopyButton } from "../_ui/copy-button";
import { Button } from "../_ui/button";
import { Picker } from "../_ui/picker";

type Server = ModelInspection["servers"][number];
type Problem = Server["problems"][number];
type Replacement = Server["replacements"][number];

/** Something that a workflow needs and a server lacks, with what can be done about it here. */
export function ServerProblem({
  problem,
  onChoose,
}: {
  problem: Problem;
  /** Loads another file instead; null where this server offers none. */
  onChoose: ((choice: string) => void) | null;
}) {
  const { code, message, remedy, value, folder, nearest, download } = problem;
  if (code !== "missing_file" || value === null)
    return (
      <li className="px-3 py-1.5">
        <p className="wrap-anywhere">{message}</p>
        <p className="text-meta text-muted">{remedy}</p>
      </li>
    );
  return (
    <li className="space-y-1.5 px-3 py-1.5">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="wrap-anywhere">{value}</p>
          <p className="text-meta text-muted">{folder === null ? remedy : `goes into ComfyUI’s ${folder}`}</p>
        </div>
        {download !== null && (
          <a
            href={download}
            target="_blank"
            rel="noreferrer"
            title={`Download ${value} from ${new URL(download).host}`}
            aria-label={`Download ${value} from ${new URL(download).host}`}
            className="grid size-8 shrink-0 place-items-center rounded text-soft hover:bg-raised hover:text-text touch:size-11"
          >
            <Download size={14} aria-hidden />
          </a>
        )}
        <CopyButton text={value} label={`Copy the name ${value}`} />
      </div>
      {onChoose && nearest.length > 0 && (
        <Picker
          label={`Load instead of ${value}`}
          isLabelHidden
          value={null}
          options={nearest.map((name) => ({ id: name, name, obstacle: null }))}
          none="Nothing instead"
          noneShown="Load another file instead…"
          onPick={(choice) => choice !== null && onChoose(choice)}
          className="w-full"
        />
      )}
    </li>
  );
}

/** A file that is loaded under another name on a server. */
export function ServerReplacement({
  replacement: { from, to, isChosen },
  onUndo,
}: {
  replacement: Replacement;
  onUndo: () => void;
}) {
  return (
    <li className="flex items-center gap-2 px-3 py-1.5">
      <p className="min-w-0 flex-1 wrap-anywhere">
        {to}
        <span className="block text-meta text-muted">
          {isChosen ? "as you chose, instead of" : "found there, for"} {from}
        </span>
      </p>
      {isChosen && (
        <Button look="quiet" onClick={onUndo} aria-label={`Undo loading ${to} instead of ${from}`}>
          Undo
        </Button>
      )}
    </li>
  );
}

import { CircleAlert, X } from "lucide-react";
import { IconButton } from "../_ui/button";
import type { Upload } from "./use-uploads";

/** Pictures on their way, and those that were refused with the reason. */
export function UploadList({
  uploads,
  onDismiss,
}: {
  uploads: readonly Upload[];
  onDismiss: (id: number) => void;
}) {
  if (uploads.length === 0) return null;
  return (
    <ul className="space-y-1.5" aria-live="polite">
      {uploads.map(({ id, name, share, error }) =>
        error === null ? (
          <li key={id} className="rounded bg-raised px-3 py-2">
            <p className="flex gap-2 text-meta">
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-muted">
                {share < 1 ? `${Math.round(share * 100)} %` : "being checked"}
              </span>
            </p>
            <span className="mt-1.5 block h-0.5 overflow-hidden rounded-full bg-edge">
              <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
            </span>
          </li>
        ) : (
          <li
            key={id}
            className="flex items-start gap-2 rounded border-l-2 border-bad bg-raised py-1 pr-1 pl-3"
          >
            <CircleAlert size={14} className="mt-2 shrink-0 text-bad" aria-hidden />
            <p className="min-w-0 flex-1 py-1.5 wrap-anywhere">
              <span className="font-medium">{name}: </span>
              <span className="text-soft">{error}</span>
            </p>
            <IconButton label={`Dismiss what was said about ${name}`} onClick={() => onDismiss(id)}>
              <X size={14} />
            </IconButton>
          </li>
        ),
      )}
    </ul>
  );
}

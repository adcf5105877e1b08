"use client";
import { cx } from "../../../_ui/class-names";
import { thumbnail, thumbnails } from "../../../_ui/media-url";
import { Ring } from "../board/ring";
import { usePreview } from "../board/use-preview";
import { isOpenCell, type SheetCell } from "../model/contact-sheet";

interface SheetPictureProps {
  cell: SheetCell;
  /** What the picture is of. */
  label: string;
  isLarge?: boolean;
}

const CHIP = "rounded-full bg-veil px-2 py-0.5 text-meta text-text";

/** One proof: its picture, how far it is, or why there is none. */
export function SheetPicture({ cell, label, isLarge = false }: SheetPictureProps) {
  const { state, job, take, failure } = cell;
  const preview = usePreview(isOpenCell(cell) ? job : null, take !== null);
  const url = preview ?? (take && (isLarge ? take.url : thumbnail(take.url, 640)));
  const words = WORDS[state];
  return (
    <>
      <span className={cx("absolute inset-0", url === null && "unpainted")} />
      {url ? (
        <img
          src={url}
          {...(!preview && take && !isLarge && { srcSet: thumbnails(take.url), sizes: "400px" })}
          alt={words === null ? label : `${label}, ${words}`}
          draggable={false}
          className={cx(
            "absolute inset-0 size-full",
            isLarge ? "object-contain" : "object-cover",
            state === "queued" && "opacity-60",
            state === "failed" && "opacity-45",
          )}
        />
      ) : (
        <span className="sr-only">{words === null ? label : `${label}, ${words}`}</span>
      )}
      {state === "failed" && (
        <span className="absolute inset-0 flex flex-col gap-1 overflow-y-auto border-l-3 border-bad bg-veil p-2 text-meta">
          <span className="text-text">{failure?.message ?? "This proof failed."}</span>
          {failure?.remedy && <span className="text-soft">{failure.remedy}</span>}
        </span>
      )}
      {state !== "failed" && words !== null && (
        <span aria-hidden className="absolute bottom-2 left-2 flex items-center gap-1.5">
          {(state === "running" || state === "cancelling") && (
            <Ring percent={job?.progress ?? 0} isStopping={state === "cancelling"} />
          )}
          <span className={CHIP}>
            {state === "running" ? (job?.step ?? `${Math.round(job?.progress ?? 0)} %`) : words}
          </span>
        </span>
      )}
      {take?.isSelected && <span className={cx(CHIP, "absolute top-2 right-2")}>on the board</span>}
    </>
  );
}

/** What stands on a picture; nothing where it is what was asked for. */
const WORDS: Record<SheetCell["state"], string | null> = {
  missing: "not painted",
  queued: "in line",
  running: "being painted",
  cancelling: "stopping",
  failed: "failed",
  changed: "changed since",
  done: null,
};

"use client";
import { memo, type ReactNode } from "react";
import { cx } from "../_ui/class-names";
import { thumbnail } from "../_ui/media-url";
import { useHasDraft } from "./use-draft";

/** A line of a library's list. */
export interface LibraryEntry {
  id: string;
  name: string;
  /** A few words under the name. */
  text: string;
  /** Its picture; null shows the icon. */
  pictureUrl: string | null;
  /** Shown where there is no picture. */
  icon: ReactNode;
  /** Pictures of people are square; those of shots are wide. */
  shape: "wide" | "square";
  isOff: boolean;
  /** Something of it is not saved that no draft holds, such as a file. */
  isUnsaved?: boolean;
}

interface LibraryRowProps {
  entry: LibraryEntry;
  draftKey: string;
  isChosen: boolean;
  onChoose: (id: string) => void;
}

export const LibraryRow = memo(function LibraryRow({ entry, draftKey, isChosen, onChoose }: LibraryRowProps) {
  const { id, name, text, pictureUrl, icon, shape, isOff, isUnsaved = false } = entry;
  const hasDraft = useHasDraft(draftKey);
  const size = shape === "wide" ? "h-9 w-16" : "size-10";
  return (
    <li>
      <button
        type="button"
        aria-current={isChosen || undefined}
        onClick={() => onChoose(id)}
        className={cx(
          "flex w-full items-center gap-3 rounded px-2 py-1.5 text-left transition-colors duration-150 hover:bg-raised",
          isChosen && "bg-lifted hover:bg-lifted",
        )}
      >
        {pictureUrl ? (
          <img
            src={thumbnail(pictureUrl, 320)}
            alt=""
            loading="lazy"
            decoding="async"
            className={cx(size, "shrink-0 rounded-[4px] object-cover", isOff && "opacity-60")}
          />
        ) : (
          <span className={cx(size, "grid shrink-0 place-items-center rounded-[4px] bg-lifted text-muted")}>
            {icon}
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className={cx("truncate", isOff && "text-muted")}>{name}</span>
            {(hasDraft || isUnsaved) && <span className="shrink-0 text-meta text-warn">not saved</span>}
          </span>
          <span className="block truncate text-meta text-muted">{isOff ? `Off · ${text}` : text}</span>
        </span>
      </button>
    </li>
  );
});

"use client";
import { cx } from "../_ui/class-names";
import { thumbnail } from "../_ui/media-url";
import type { LibraryEntry } from "./library-row";

interface LibraryGalleryProps {
  entries: readonly LibraryEntry[];
  onChoose: (id: string) => void;
}

/** All of a library at once, by their pictures: what stands beside the list while nothing is open. */
export function LibraryGallery({ entries, onChoose }: LibraryGalleryProps) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-x-4 gap-y-5">
      {entries.map(({ id, name, text, pictureUrl, icon, shape, isOff }) => (
        <li key={id} className="min-w-0">
          {/* The list beside it says the same to the keyboard and to screen readers. */}
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            onClick={() => onChoose(id)}
            className="group block w-full text-left"
          >
            <span
              className={cx(
                "grid w-full place-items-center overflow-hidden rounded bg-raised text-muted transition-[filter] duration-150 group-hover:brightness-110",
                shape === "wide" ? "aspect-video" : "aspect-square",
                isOff && "opacity-60",
              )}
            >
              {pictureUrl ? (
                <img
                  src={thumbnail(pictureUrl, 640)}
                  alt=""
                  loading="lazy"
                  decoding="async"
                  className="size-full object-cover"
                />
              ) : (
                icon
              )}
            </span>
            <span className="mt-1.5 block truncate">{name}</span>
            <span className="block truncate text-meta text-muted">{isOff ? `Off · ${text}` : text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

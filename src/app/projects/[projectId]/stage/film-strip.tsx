import type { Sentence } from "@/lib/schemas/sentence";
import { cx } from "../../../_ui/class-names";
import { thumbnail } from "../../../_ui/media-url";
import type { Decision } from "../model/cull";

/** Shots before and behind the current one that are shown. */
const REACH = 7;
const MARKS: Record<Decision, string> = {
  kept: "bg-good",
  again: "bg-accent",
  edited: "bg-accent",
  flagged: "bg-warn",
  skipped: "bg-muted",
};
const WORDS: Record<Decision, string> = {
  kept: "kept",
  again: "again",
  edited: "edited",
  flagged: "flagged",
  skipped: "skipped",
};

interface FilmStripProps {
  shots: readonly Sentence[];
  at: number;
  decisions: Readonly<Record<string, Decision>>;
  onGo: (id: string) => void;
}

/** The neighbours of a shot, with what was decided over them. Its middle is always the current one. */
export function FilmStrip({ shots, at, decisions, onGo }: FilmStripProps) {
  const places = Array.from({ length: 2 * REACH + 1 }, (_, index) => at - REACH + index);
  return (
    <ol aria-label="Neighbours" className="flex justify-center gap-1.5 overflow-hidden px-1 pt-3 pb-1">
      {places.map((place) => {
        const shot = shots[place];
        const decision = shot && decisions[shot.id];
        return (
          <li key={place} className="w-20 shrink-0">
            {shot && (
              <button
                type="button"
                tabIndex={-1}
                aria-current={place === at || undefined}
                aria-label={`${shot.text.slice(0, 80)}${decision ? `, ${WORDS[decision]}` : ""}`}
                onClick={() => onGo(shot.id)}
                className={cx(
                  "relative block aspect-(--shape) w-full overflow-hidden rounded-[4px] bg-ground",
                  place === at ? "outline-2 outline-offset-1 outline-accent" : "opacity-60 hover:opacity-100",
                )}
              >
                {shot.imageUrl ? (
                  <img
                    src={thumbnail(shot.imageUrl, 320)}
                    alt=""
                    draggable={false}
                    className="size-full object-cover"
                  />
                ) : (
                  <span className="unpainted absolute inset-0" />
                )}
                {decision && <span className={cx("absolute inset-x-0 bottom-0 h-1", MARKS[decision])} />}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

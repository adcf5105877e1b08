"use client";
import { Search, X } from "lucide-react";
import { cx } from "../../../_ui/class-names";
import { INPUT } from "../../../_ui/field";

interface SearchBoxProps {
  text: string;
  onText: (text: string) => void;
  /** Back to the board, at the first shot that was found. */
  onLeave: () => void;
}

/** Finds shots by words of their sentence or prompt. Where there is little room it opens over its row. */
export function SearchBox({ text, onText, onLeave }: SearchBoxProps) {
  return (
    <search
      className={cx(
        "group/search relative w-52 shrink-0 bg-ground @max-[560px]:focus-within:absolute @max-[560px]:focus-within:inset-x-3 @max-[560px]:focus-within:z-10 @max-[560px]:focus-within:w-auto",
        text === "" ? "@max-[560px]:w-8 @max-[560px]:touch:w-11" : "@max-[560px]:w-32",
      )}
    >
      <Search
        size={14}
        aria-hidden
        className={cx(
          "pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted",
          text === "" && "@max-[560px]:touch:group-not-focus-within/search:left-[15px]",
        )}
      />
      <input
        type="search"
        data-search
        aria-label="Search sentences and prompts"
        aria-keyshortcuts="/"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            onLeave();
          }
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (text === "") onLeave();
          else onText("");
        }}
        className={cx(
          INPUT,
          "h-8 w-full pr-8 pl-8 touch:h-11 [&::-webkit-search-cancel-button]:hidden",
          text === ""
            ? "@max-[560px]:not-focus:cursor-pointer @max-[560px]:not-focus:p-0 @max-[560px]:not-focus:placeholder:text-transparent"
            : "border-accent",
        )}
      />
      {text !== "" && (
        <button
          type="button"
          aria-label="Search for nothing"
          onClick={() => onText("")}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center text-muted hover:text-text"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </search>
  );
}

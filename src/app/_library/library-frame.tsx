"use client";
import { ChevronLeft, Plus, Search } from "lucide-react";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { toProblem } from "../_data/problem";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { INPUT } from "../_ui/field";
import { PageFrame } from "../_ui/page-frame";
import { ProblemNote } from "../_ui/problem-note";
import { LibraryGallery } from "./library-gallery";
import { LibraryRow, type LibraryEntry } from "./library-row";
import { NEW } from "./use-chosen";

interface LibraryFrameProps {
  /** "Styles" */
  title: string;
  /** "style" */
  noun: string;
  /** What these are for, in a sentence. */
  text: string;
  isDemo: boolean;
  entries: readonly LibraryEntry[];
  /** Names the drafts of these entries: `style`. */
  draftKey: string;
  chosen: string | null;
  onChoose: (id: string | null) => void;
  /** How reading the list went. */
  list: { error: unknown; refetch: () => Promise<unknown> };
  /** What is open; null where nothing is. */
  editor: ReactNode;
}

/** A library of things that projects are made with: the list at the left, what is chosen beside it. */
export function LibraryFrame(props: LibraryFrameProps) {
  const { title, noun, text, isDemo, entries, draftKey, chosen, onChoose, list, editor } = props;
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search).trim().toLocaleLowerCase("en");
  const shown = useMemo(
    () => entries.filter((one) => one.name.toLocaleLowerCase("en").includes(wanted)),
    [entries, wanted],
  );
  const isOpen = editor !== null;
  return (
    <PageFrame isDemo={isDemo}>
      <div className="grid gap-x-6 gap-y-4 xl:gap-x-8 lg:grid-cols-[264px_minmax(0,1fr)] xl:grid-cols-[300px_minmax(0,1fr)]">
        <aside className={cx("min-w-0", isOpen && "max-lg:hidden")}>
          <div className="flex h-8 items-center gap-3">
            <h1 className="flex-1 text-title font-semibold">{title}</h1>
            <Button look="primary" onClick={() => onChoose(NEW)}>
              <Plus size={16} aria-hidden /> New {noun}
            </Button>
          </div>
          <p className="mt-2 text-soft">{text}</p>
          <div className="relative mt-4">
            <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
            <input
              type="search"
              aria-label={`Search ${title.toLowerCase()}`}
              placeholder={`Search ${entries.length.toLocaleString("en")} ${title.toLowerCase()}`}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className={cx(INPUT, "h-8 w-full pl-8 touch:h-11")}
            />
          </div>
          {list.error != null && (
            <div className="mt-3">
              <ProblemNote problem={toProblem(list.error)}>
                <Button onClick={() => void list.refetch()}>Try again</Button>
              </ProblemNote>
            </div>
          )}
          <ul
            aria-label={title}
            className="-mx-2 mt-3 space-y-0.5 lg:max-h-[calc(100dvh-252px)] lg:overflow-y-auto lg:p-0.5"
          >
            {shown.map((entry) => (
              <LibraryRow
                key={entry.id}
                entry={entry}
                draftKey={`${draftKey} ${entry.id}`}
                isChosen={entry.id === chosen}
                onChoose={onChoose}
              />
            ))}
          </ul>
          {shown.length === 0 && (
            <p className="rounded border border-dashed border-edge px-4 py-8 text-center text-soft">
              {entries.length === 0 ? `There is no ${noun} yet.` : `No ${noun} is called “${search.trim()}”.`}
            </p>
          )}
        </aside>
        <div className={cx("min-w-0", !isOpen && "max-lg:hidden")}>
          {isOpen && (
            <Button look="quiet" className="-ml-2 mb-2 lg:hidden" onClick={() => onChoose(null)}>
              <ChevronLeft size={16} aria-hidden /> All {title.toLowerCase()}
            </Button>
          )}
          {editor ??
            (shown.some((one) => one.pictureUrl !== null) ? (
              <LibraryGallery entries={shown} onChoose={onChoose} />
            ) : (
              <p className="grid h-64 place-items-center rounded border border-dashed border-edge px-6 text-center text-soft">
                {entries.length === 0
                  ? `The first ${noun} is made with “New ${noun}”.`
                  : `Choose a ${noun} to see and change it.`}
              </p>
            ))}
        </div>
      </div>
    </PageFrame>
  );
}

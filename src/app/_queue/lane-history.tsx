"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Lane } from "@/lib/schemas/queue";
import type { LaneHistory as History } from "@/lib/schemas/report";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Button } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { ProblemNote } from "../_ui/problem-note";
import { useNow } from "../_ui/use-now";
import { clock } from "../_ui/wording";
import { byDay } from "./by-day";
import { laneWords } from "./lane-light";
import { Light } from "./light";

/** Lines that are shown until more are asked for. */
const FIRST = 20;
/** ms between two looks while it is open. */
const LOOK = 2_000;

type Entry = History["items"][number];

/** What happened to a ComfyUI, newest first, for whoever looks the next morning. */
export function LaneHistory({ lane, name }: { lane: Lane; name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)} className="mt-3">
      <summary className="-ml-1 inline-flex h-7 items-center gap-1 rounded pr-2 pl-1 text-meta text-muted hover:bg-lifted hover:text-text touch:h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className={cx("transition-transform duration-150", isOpen && "rotate-90")}
        />
        History
        <span className="sr-only"> of {name}</span>
      </summary>
      {isOpen && <Entries lane={lane} />}
    </details>
  );
}

function Entries({ lane }: { lane: Lane }) {
  const trpc = useTRPC();
  const now = useNow();
  const [isWhole, setIsWhole] = useState(false);
  const history = useQuery({
    ...trpc.queue.history.queryOptions({ lane: lane.url }),
    refetchInterval: LOOK,
  });
  if (history.error) return <ProblemNote problem={toProblem(history.error)} />;
  if (!history.data || now === null)
    return <p className="animate-late py-1 text-meta text-muted">Reading…</p>;
  const all = history.data.items;
  const items = isWhole ? all : all.slice(0, FIRST);
  if (items.length === 0)
    return (
      <p className="py-1 text-meta text-muted">
        Nothing has happened yet. Troubles and pauses will stand here.
      </p>
    );
  return (
    <div className="mt-1 rounded border border-line bg-ground px-3 py-2">
      {byDay(items, now).map(([day, some]) => (
        <section key={day} aria-label={day}>
          <h5 className="pt-1 pb-1 text-meta font-medium text-soft">{day}</h5>
          <ol>
            {some.map((entry, index) => (
              <Line key={`${entry.at} ${index}`} entry={entry} lane={lane} />
            ))}
          </ol>
        </section>
      ))}
      {items.length < all.length && (
        <Button look="quiet" className="-ml-3" onClick={() => setIsWhole(true)}>
          {(all.length - items.length).toLocaleString("en")} older
        </Button>
      )}
    </div>
  );
}

function Line({ entry: { at, state, message }, lane }: { entry: Entry; lane: Lane }) {
  // A state in the past, in the words of the present one: that it had answered before is told by its message.
  const { tone, label } = laneWords({ ...lane, state, reason: message, retryAt: at });
  return (
    <li className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-2 py-1 sm:grid-cols-[40px_168px_minmax(0,1fr)]">
      <time dateTime={at} className="text-muted">
        {clock(Date.parse(at))}
      </time>
      <span className="flex items-start gap-2">
        <span className="pt-[6px]">
          <Light tone={tone} />
        </span>
        {label}
      </span>
      {message !== null && <span className="text-soft wrap-anywhere max-sm:col-start-2">{message}</span>}
    </li>
  );
}

"use client";
import { ChevronRight, CircleAlert, CircleCheck, FlaskConical, ImageOff, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import type { DownloadPlan } from "@/lib/schemas/download";
import { bytes, counted } from "../../../_ui/wording";

type Shots = DownloadPlan["missing"];

/** Numbers that stand in the closed line, and shots in the open one: a page does not hold ten thousand. */
const NUMBERS = 40;
const SHOTS = 200;

/** What a download holds, and the shots that somebody may want to look at before: their number first, each on demand. */
export function DownloadFacts({ plan, isCut }: { plan: DownloadPlan; isCut: boolean }) {
  const { pictures, missing, dirty, failed, demo } = plan;
  const isFine = missing.length + dirty.length + failed.length + demo.length === 0;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">
          {counted(pictures, "picture")}
          {pictures > 0 && `, ${isCut ? "about " : ""}${bytes(plan.bytes)}`}
        </span>
        <span className="text-meta text-muted">and shots.csv, which lists every shot</span>
      </p>
      <div className="mt-1.5">
        {isFine && (
          <p className="flex min-h-7 items-center gap-2 text-soft">
            <CircleCheck size={14} className="shrink-0 text-good" aria-hidden />
            Every shot has its picture, and every picture is up to date.
          </p>
        )}
        <Fact
          shots={missing}
          icon={<ImageOff size={14} className="text-muted" />}
          words="without a picture, left out"
        />
        <Fact
          shots={dirty}
          icon={<PencilLine size={14} className="text-warn" />}
          words="changed since they were painted"
          word="changed since it was painted"
        />
        <Fact
          shots={failed}
          icon={<CircleAlert size={14} className="text-bad" />}
          words="failed, with an older picture"
        />
        <Fact
          shots={demo}
          icon={<FlaskConical size={14} className="text-muted" />}
          words="from the demo renderer"
        />
      </div>
    </>
  );
}

interface FactProps {
  shots: Shots;
  icon: ReactNode;
  /** Behind their number. */
  words: string;
  /** Behind a single one's. */
  word?: string;
}

function Fact({ shots, icon, words, word = words }: FactProps) {
  if (shots.length === 0) return null;
  const numbers = shots.slice(0, NUMBERS).map((one) => one.number);
  return (
    <details className="group">
      <summary className="-mx-1.5 flex min-h-7 list-none items-center gap-2 rounded-[4px] px-1.5 transition-colors duration-150 hover:bg-lifted touch:min-h-11">
        <span className="shrink-0" aria-hidden>
          {icon}
        </span>
        <span className="shrink-0 text-soft">
          {shots.length.toLocaleString("en")} {shots.length === 1 ? word : words}
        </span>
        <span className="min-w-0 flex-1 truncate text-meta text-muted group-open:invisible">
          {numbers.join(", ")}
        </span>
        <ChevronRight
          size={14}
          className="shrink-0 text-muted transition-transform duration-150 group-open:rotate-90"
          aria-hidden
        />
      </summary>
      <ul className="mb-1.5 max-h-40 overflow-y-auto py-0.5 pl-[22px]">
        {shots.slice(0, SHOTS).map((one) => (
          <li key={one.sentenceId} className="flex gap-2 py-0.5 text-meta">
            <span className="w-8 shrink-0 text-right text-muted">{one.number}</span>
            <span className="min-w-0 truncate text-soft">{one.text}</span>
          </li>
        ))}
        {shots.length > SHOTS && (
          <li className="py-0.5 pl-10 text-meta text-muted">
            and {(shots.length - SHOTS).toLocaleString("en")} more
          </li>
        )}
      </ul>
    </details>
  );
}

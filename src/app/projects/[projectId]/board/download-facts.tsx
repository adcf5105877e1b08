import type { DownloadPlan } from "@/lib/schemas/download";
import { bytes, counted } from "../../../_ui/wording";

type Named = DownloadPlan["missing"];

/** Numbers that are shown without opening the line. */
const SHOWN = 12;

const LINES: { list: "missing" | "dirty" | "failed" | "demo"; words: string; tone: string }[] = [
  { list: "missing", words: "without a picture, left out", tone: "text-warn" },
  { list: "dirty", words: "changed since the picture was made", tone: "text-warn" },
  { list: "failed", words: "failed last, with an older picture", tone: "text-bad" },
  { list: "demo", words: "painted by the demo renderer", tone: "text-soft" },
];

/** What a download holds, and what is to be known before it starts. */
export function DownloadFacts({ plan }: { plan: DownloadPlan }) {
  return (
    <div className="space-y-2">
      <p>
        {plan.pictures === 0 ? (
          "No picture to download."
        ) : (
          <>
            {counted(plan.pictures, "picture")}, {bytes(plan.bytes)}, with shots.csv
          </>
        )}
      </p>
      <ul className="space-y-1 text-meta">
        {LINES.filter(({ list }) => plan[list].length > 0).map(({ list, words, tone }) => (
          <li key={list}>
            <span className={tone}>
              {counted(plan[list].length, "shot")} {words}
            </span>
            <span className="text-muted">: {numbersOf(plan[list])}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `4, 7–9, 19 and 12 more`. */
function numbersOf(shots: Named): string {
  const runs: { from: number; to: number }[] = [];
  for (const { number } of shots) {
    const last = runs.at(-1);
    if (last && last.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  const shown = runs.slice(0, SHOWN).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const left = runs.slice(SHOWN).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return shown.join(", ") + (left > 0 ? ` and ${left.toLocaleString("en")} more` : "");
}

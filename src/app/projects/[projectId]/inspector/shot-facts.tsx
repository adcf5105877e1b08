import type { Sentence } from "@/lib/schemas/sentence";
import { ordinal } from "../../../_ui/wording";
import { type Fact, FactList } from "./fact-list";

interface ShotFactsProps {
  sentence: Sentence;
  sectionTitle: string;
}

/** What is known of a shot itself, its id for programs included. */
export function ShotFacts({ sentence, sectionTitle }: ShotFactsProps) {
  const { id, position, startMs, endMs, version, job, openJobs } = sentence;
  const facts: Fact[] = [
    ["Section", sectionTitle],
    ["Place", `${ordinal(position + 1)} of its section`],
    ...(startMs === null
      ? []
      : [["Time", `${timecode(startMs)} – ${endMs === null ? "" : timecode(endMs)}`] as const]),
    ...(openJobs > 1 ? [["In line", `${openJobs} pictures`] as const] : []),
    ...(job?.lane ? [["Painted by", job.lane] as const] : []),
    ["Edited", version === 1 ? "never" : `${version - 1} times`],
    [
      "Id",
      <code key="id" className="select-all">
        {id}
      </code>,
    ],
  ];
  return (
    <section aria-label="About this shot" className="space-y-1.5">
      <FactList facts={facts} />
    </section>
  );
}

/** Time in the video: `0:04.2`, `1:02:03.0`. */
function timecode(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes);
  return `${clock}:${pad(seconds % 60)}.${Math.floor((ms % 1000) / 100)}`;
}

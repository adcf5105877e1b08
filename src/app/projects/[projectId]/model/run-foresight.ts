import type { ForeseeOutput } from "@/lib/schemas/image";
import { clock, counted, duration } from "../../../_ui/wording";
import type { LeftOut } from "./scopes";

export interface ForesightWords {
  /** How many and how long: `24 pictures in about 6 min, done 17:42`. */
  main: string;
  /** What comes before them and what is left out, as sentences; empty where there is nothing to say. */
  more: string;
}

/** Seconds say nothing of what takes minutes. */
const rounded = (ms: number) => (ms < 60_000 ? ms : ms < 600_000 ? nearest(ms, 10_000) : nearest(ms, 60_000));
const nearest = (value: number, step: number) => Math.round(value / step) * step;

/** What a run will be, before it starts. */
export function foresightWords(
  { queued, lanes, ms, ahead, unmeasured }: Omit<ForeseeOutput, "skipped">,
  leftOut: LeftOut,
  now: number,
): ForesightWords {
  const pictures = counted(queued, "picture");
  const main =
    queued === 0
      ? "Nothing to paint"
      : lanes === 0
        ? `${pictures}, once something paints: look at the queue`
        : ms === null
          ? `${pictures}; how long is known after the first one`
          : `${pictures} in about ${duration(rounded(ms))}, done\u00a0${clock(now + ms)}`;
  const more = [
    ahead > 0 && queued > 0 && `After ${ahead.toLocaleString("en")} in line.`,
    ms !== null &&
      unmeasured > 0 &&
      `${counted(unmeasured, "picture")} of a model that has not painted here ${unmeasured === 1 ? "is" : "are"} not in that time.`,
    leftOutWords(leftOut),
  ].filter((one) => one !== false && one !== "");
  return { main, more: more.join(" ") };
}

/** Why shots are not painted: `Left out: 3 locked, 2 in line already.` */
function leftOutWords({ locked, inLine }: LeftOut): string {
  const parts = [
    locked > 0 && `${locked.toLocaleString("en")} locked`,
    inLine > 0 && `${inLine.toLocaleString("en")} in line already`,
  ].filter((one) => one !== false);
  return parts.length === 0 ? "" : `Left out: ${parts.join(", ")}.`;
}

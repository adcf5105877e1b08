import type { Pause } from "@/lib/schemas/queue";
import { momentWords } from "../_ui/wording";

/** Who paused, when and why: `Paused by you at 22:14: A film is being rendered`. @param now null: without the time */
export function pauseWords({ by, reason, at }: Pause, now: number | null): string {
  const who = by === "user" ? "Paused by you" : "Paused by Shotboard";
  const when = at === null || now === null ? "" : ` ${momentWords(Date.parse(at), now)}`;
  return reason === null ? `${who}${when}.` : `${who}${when}: ${reason}`;
}

/** `1 shot`, `2 shots`, `1,200 shots`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2nd`, `3rd`, `11th`. */
export function ordinal(place: number): string {
  const tens = place % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th");
  return `${place}${suffix}`;
}

/** Where a waiting shot stands: `next in line`, `3rd in line`; a far place is only `in line`. */
export function placeWords(place: number | null): string {
  if (place === null) return "in line";
  return place === 1 ? "next in line" : `${ordinal(place)} in line`;
}

/** A span of time, coarse: `0.8 s`, `6 s`, `1 min 20 s`, `2 h 05 min`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** Time of day on a 24-hour clock: `19:42`. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

const DAY = 86_400_000;
const dayOf = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** The day of a moment: `Today`, `Yesterday`, `Thursday, 26 November`; with the year where it is another one. */
export function dayWords(at: number, now: number): string {
  // Days of 23 and 25 hours are days too.
  const ago = Math.round((dayOf(now) - dayOf(at)) / DAY);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(!isThisYear && { year: "numeric" }),
  });
}

/** A moment inside a sentence: `at 22:14`, `yesterday at 22:14`, `on 26 November at 22:14`. */
export function momentWords(at: number, now: number): string {
  const day = dayWords(at, now);
  if (day === "Today") return `at ${clock(at)}`;
  if (day === "Yesterday") return `yesterday at ${clock(at)}`;
  const date = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return `on ${date} at ${clock(at)}`;
}

/** Whole seconds until a moment; 0 once it is there. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}

/** When something is tried again by itself: `trying again in 12 s`, `trying again in 4 min 10 s`, `trying again now`. */
export function retryWords(seconds: number): string {
  return seconds === 0 ? "trying again now" : `trying again in ${duration(seconds * 1000)}`;
}

/** A long number in groups of three with thin spaces: `482 913 077`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

/** A size of memory or files, in steps that people think in: `640 KB`, `4.2 MB`, `24 GB`. */
export function bytes(size: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const step = Math.min(Math.floor(Math.log(Math.max(size, 1)) / Math.log(1024)), units.length - 1);
  const value = size / 1024 ** step;
  return `${value < 9.95 && step > 0 ? Number(value.toFixed(1)) : Math.round(value)} ${units[step]}`;
}

/** With a capital letter at its beginning. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

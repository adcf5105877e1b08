import { dayWords } from "../_ui/wording";

/** What happened, by day, in the order that it came in. */
export function byDay<T extends { at: string }>(
  items: readonly T[],
  now: number,
): [day: string, items: T[]][] {
  return [...Map.groupBy(items, ({ at }) => dayWords(Date.parse(at), now))];
}

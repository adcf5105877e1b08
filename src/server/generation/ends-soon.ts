/** How long before a prompt's end the next job begins, in ms: time to prepare it, and no more. */
const AHEAD = 2_000;
/** Before half of it is done nobody knows how long it takes. */
const TOLD_FROM = 50;

/**
 * Whether a prompt will be over within about two seconds.
 * @param percent how much of it is done
 * @param elapsedMs since its post
 */
export function endsSoon(percent: number, elapsedMs: number): boolean {
  return percent >= TOLD_FROM && (elapsedMs * (100 - percent)) / percent <= AHEAD;
}

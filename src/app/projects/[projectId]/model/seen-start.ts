/** Cookie of a board: the start of Shotboard whose report was read. A cookie, so that the first paint knows it. */
export const SEEN_START_COOKIE = "shotboard_seen_start";

/** The start as the cookie's value. */
export const startKey = (startedAt: string): string => String(Date.parse(startedAt));

/** The whole cookie that puts a start's report away on one board, for as long as browsers keep it. */
export function seenStartCookie(projectId: string, startedAt: string): string {
  return `${SEEN_START_COOKIE}=${startKey(startedAt)}; path=/projects/${projectId}; max-age=31536000; samesite=lax`;
}

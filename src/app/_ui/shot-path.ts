/** The name of the shot in the board's address that is selected when it opens. */
export const SHOT_PARAM = "shot";

/** The board with a shot selected. */
export function shotPath({ projectId, sentenceId }: { projectId: string; sentenceId: string }): string {
  return `/projects/${projectId}?${SHOT_PARAM}=${sentenceId}`;
}

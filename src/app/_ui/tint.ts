/** Hues that tell nothing: red and amber are for what needs attention. */
const FROM = 160;
const SPAN = 160;

/** A hue of its own for each project, in degrees: the ground of its shots that have no picture. */
export function tintOf(projectId: string): number {
  let hash = 7;
  for (const char of projectId) hash = (hash * 31 + char.codePointAt(0)!) % 9_973;
  return FROM + ((hash * 137) % SPAN);
}

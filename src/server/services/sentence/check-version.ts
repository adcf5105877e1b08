import { conflict } from "@/lib/errors";

/**
 * @param edited the version that an edit was made on; undefined: whatever is stored
 * @throws ShotboardError (conflict) where another one is stored by now
 */
export function checkVersion(stored: number, edited: number | undefined, field: string): void {
  if (edited !== undefined && edited !== stored)
    throw conflict(
      "sentence_changed",
      `This sentence was changed elsewhere meanwhile: version ${edited} was edited, ${stored} is stored.`,
      field,
      "Load it again, then repeat the change.",
    );
}

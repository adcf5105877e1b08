import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { ShotboardError } from "@/lib/errors";

/** One part of a stored name: no dots alone, no separators, no drive, nothing hidden, on any system. */
const PART = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?$/i;
/** Names that Windows takes for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const MISSING = new Set(["ENOENT", "ENOTDIR"]);

/**
 * The absolute path of a file or folder below the data folder: the one way from a stored or requested name to a path.
 * Looked at as it really lies: of what is there already, no part may be a link that leads outside. The data folder
 * itself may be one.
 * @param folder absolute
 * @param file relative to it, with `/` between its parts on every system
 * @throws ShotboardError for a name that could lead elsewhere, or does
 */
export function pathInside(folder: string, file: string): string {
  const parts = file.split("/");
  if (!parts.every((part) => part.length <= 200 && PART.test(part) && !DEVICE.test(part))) throw outside();
  const path = join(folder, ...parts);
  const real = realPartOf(path, folder);
  const way = relative(realPartOf(folder, folder), real);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) throw outside();
  return path;
}

/** Where the deepest part of a path that is there really lies. */
function realPartOf(path: string, folder: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      return realpathSync.native(at);
    } catch (error) {
      if (!MISSING.has((error as NodeJS.ErrnoException).code ?? "")) throw outside(error);
      // A link to what is not there yet: whatever is written by it would be made wherever it leads.
      if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() && at !== folder) throw outside();
      if (at === dirname(at)) throw outside(error);
    }
  }
}

function outside(cause?: unknown): ShotboardError {
  const error = new ShotboardError("FORBIDDEN", "This file does not lie in Shotboard's data folder.", {
    reason: "file_outside",
    remedy:
      "Put a real folder where a link in the data folder leads outside; the data folder itself may be a link.",
  });
  error.cause = cause;
  return error;
}

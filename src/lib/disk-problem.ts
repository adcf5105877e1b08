/** What keeps Shotboard from storing anything, in words. */
export interface DiskProblem {
  code: "disk_full" | "database_full" | "data_folder_unwritable";
  message: string;
  remedy: string;
}

/** Codes of what is wrong with Shotboard's own disk, and over once it has room and can be written. */
export const OWN_DISK: ReadonlySet<string> = new Set<DiskProblem["code"]>([
  "disk_full",
  "database_full",
  "data_folder_unwritable",
]);

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const UNWRITABLE = new Set(["EROFS", "EACCES", "EPERM", "EIO"]);
/** PostgreSQL has no code of its own for a quota. */
const QUOTA = /quota exceeded/i;
/** PostgreSQL's words for a file that it may not write, or cannot: its codes mean other things too. */
const FILE = /^could not (open|create|write|extend|fsync|close|rename|truncate)\b.*\bfile\b/i;

/** The first code in an error and its causes (`ENOSPC`, PostgreSQL's `23505`), or "". */
export function codeOf(error: unknown): string {
  return withCode(error)?.code ?? "";
}

/** What an error means for the disk; null where it is about something else. */
export function diskProblemOf(error: unknown): DiskProblem | null {
  const { code, message = "" } = withCode(error) ?? {};
  if (code === undefined) return null;
  if (FULL.has(code))
    return {
      code: "disk_full",
      message: "Shotboard's disk is full: nothing more can be stored.",
      remedy: "Free some room; the queue goes on by itself.",
    };
  if (code === "53100" || (code.length === 5 && QUOTA.test(message)))
    return {
      code: "database_full",
      message: "The disk of Shotboard's database is full: nothing more can be stored.",
      remedy: "Free some room; the queue goes on by itself.",
    };
  if (UNWRITABLE.has(code) || (/^(42501|58\w{3}|XX000)$/.test(code) && FILE.test(message)))
    return {
      code: "data_folder_unwritable",
      message: `Shotboard's data folder cannot be written (${code}).`,
      remedy: "Make it writable for the user who runs Shotboard; the queue goes on by itself.",
    };
  return null;
}

function withCode(error: unknown): { code: string; message?: string } | null {
  type Coded = { code?: unknown; message?: string; cause?: unknown } | null | undefined;
  for (let one = error as Coded; one; one = one.cause as Coded)
    if (typeof one.code === "string") return one as { code: string; message?: string };
  return null;
}

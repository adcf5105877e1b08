/** What keeps Shotboard from storing anything, in words. */
export interface DiskProblem {
  code: "disk_full" | "data_folder_unwritable";
  message: string;
  remedy: string;
}

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const UNWRITABLE = new Set(["EROFS", "EACCES", "EPERM", "EIO"]);
/** PostgreSQL's code for a full disk. */
const DATABASE_FULL = "53100";
/** PostgreSQL has no code of its own for a quota. */
const QUOTA = /quota exceeded/i;
/** PostgreSQL's codes where a file cannot be written, and its words for that: the codes mean other things too. */
const FILE_CODE = /^(42501|58\w{3}|XX000)$/;
const FILE = /^could not (open|create|write|extend|fsync|close|rename|truncate)\b.*\bfile\b/i;

interface Coded {
  code: string;
  message?: string;
}

/** The first code in an error and its causes (`ENOSPC`, PostgreSQL's `23505`), or "". */
export function codeOf(error: unknown): string {
  for (const { code } of coded(error)) return code;
  return "";
}

/** What an error, or a cause of it, means for the disk; null where it is about something else. */
export function diskProblemOf(error: unknown): DiskProblem | null {
  for (const one of coded(error)) {
    const problem = problemOf(one);
    if (problem) return problem;
  }
  return null;
}

function problemOf({ code, message = "" }: Coded): DiskProblem | null {
  const isQuota = code === "XX000" && QUOTA.test(message);
  if (FULL.has(code) || code === DATABASE_FULL || isQuota)
    return {
      code: "disk_full",
      message: FULL.has(code)
        ? "Shotboard's disk is full: nothing more can be stored."
        : "The disk of Shotboard's database is full: nothing more can be stored.",
      remedy: "Free some room; the queue goes on by itself.",
    };
  if (UNWRITABLE.has(code) || (FILE_CODE.test(code) && FILE.test(message)))
    return {
      code: "data_folder_unwritable",
      message: `Shotboard's data folder cannot be written (${code}).`,
      remedy: "Make it writable for the user who runs Shotboard; the queue goes on by itself.",
    };
  return null;
}

function* coded(error: unknown): Generator<Coded> {
  type Link = { code?: unknown; message?: string; cause?: unknown } | null | undefined;
  for (let one = error as Link; one !== null && typeof one === "object"; one = one.cause as Link)
    if (typeof one.code === "string") yield one as Coded;
}

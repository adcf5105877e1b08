import { expect, test } from "vitest";
import { codeOf, diskProblemOf } from "@/lib/disk-problem";

const error = (code: string, message = "", cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

test.each([
  ["ENOSPC", "", "disk_full"],
  ["EDQUOT", "", "disk_full"],
  ["53100", 'could not extend file "base/5/1": No space left on device', "disk_full"],
  ["XX000", 'could not extend file "base/5/1": Disk quota exceeded', "disk_full"],
  ["EACCES", "", "data_folder_unwritable"],
  ["EROFS", "", "data_folder_unwritable"],
  ["42501", 'could not open file "base/5/1": Permission denied', "data_folder_unwritable"],
  ["58030", 'could not write to file "pg_wal/1": I/O error', "data_folder_unwritable"],
  ["42501", "permission denied for table takes", undefined],
  ["XX000", "cache lookup failed for type 1", undefined],
  ["23505", "duplicate key value", undefined],
  ["ENOENT", "", undefined],
])("%s %s is %s, wherever among the causes it stands", (code, message, problem) => {
  const plain = error(code, message);
  const wrapped = error("INTERNAL_SERVER_ERROR", "", new Error("Failed query", { cause: plain }));
  for (const one of [plain, wrapped]) expect(diskProblemOf(one)?.code).toBe(problem);
});

test("what is no error, or has no code, is no trouble of a disk", () => {
  for (const one of [null, undefined, "ENOSPC", 28, {}, new Error("ENOSPC")]) {
    expect(diskProblemOf(one)).toBeNull();
    expect(codeOf(one)).toBe("");
  }
});

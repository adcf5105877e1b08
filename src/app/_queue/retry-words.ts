import type { LastErrors } from "@/lib/schemas/report";
import { counted } from "../_ui/wording";

type LastError = LastErrors["items"][number];

/** The shots that an error is still told of, by project: what "Retry these" asks for. */
export function stillFailed({ shots }: LastError): { projectId: string; sentenceIds: string[] }[] {
  const byProject = Map.groupBy(
    shots.filter((one) => one.isFailed),
    (one) => one.projectId,
  );
  return [...byProject].map(([projectId, some]) => ({
    projectId,
    sentenceIds: some.map((one) => one.sentenceId),
  }));
}

/** How often, and what became of its shots: `12 times, 3 shots still failed`. */
export function errorCount({ count, shots }: LastError): string {
  const times = count === 1 ? "Once" : `${count.toLocaleString("en")} times`;
  const failed = shots.filter((one) => one.isFailed).length;
  if (shots.length === 0) return times;
  if (failed === shots.length) return times;
  return failed === 0
    ? `${times}, no shot tells of it now`
    : `${times}, ${counted(failed, "shot")} still failed`;
}

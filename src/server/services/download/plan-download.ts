import { downloadName } from "@/lib/download/picture-name";
import type { DownloadInput, DownloadPlan } from "@/lib/schemas/download";
import type { ServiceContext } from "../context";
import { collectShots, type DownloadShot } from "./collect-shots";

const told = (shots: readonly DownloadShot[]) =>
  shots.map(({ number, sentenceId, text }) => ({ number, sentenceId, text }));

/** What a download would hold, and what is to be known before it starts. */
export async function planDownload(ctx: ServiceContext, input: DownloadInput): Promise<DownloadPlan> {
  const { projectName, shots } = await collectShots(ctx, input);
  const painted = shots.filter((one) => one.picture !== null);
  return {
    fileName: downloadName(projectName),
    pictures: painted.length,
    bytes: painted.reduce((sum, one) => sum + one.picture!.bytes, 0),
    missing: told(shots.filter((one) => one.picture === null)),
    dirty: told(painted.filter((one) => one.isDirty)),
    failed: told(painted.filter((one) => one.isFailed)),
    demo: told(painted.filter((one) => one.picture!.isDemo)),
  };
}

/** The same, with an address from which a browser fetches it: a list of thousands of shots fits into none. */
export async function prepareDownload(
  ctx: ServiceContext,
  input: DownloadInput,
): Promise<DownloadPlan & { url: string }> {
  const plan = await planDownload(ctx, input);
  return { ...plan, url: `/api/v1/downloads/${ctx.downloads.add(input)}` };
}

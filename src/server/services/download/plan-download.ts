import type { DownloadInput, DownloadPlan } from "@/lib/schemas/download";
import type { ServiceContext } from "../context";
import { type ChosenShot, type ChosenShots, chooseShots } from "./choose-shots";

/** What a download would hold and how large it would be; names what is missing or not as it should be. */
export async function planDownload(ctx: ServiceContext, input: DownloadInput): Promise<DownloadPlan> {
  return toPlan(await chooseShots(ctx, input));
}

/** The plan of a download of these shots. */
export function toPlan({ fileName, shots }: ChosenShots): DownloadPlan {
  const pictured = shots.filter((shot) => shot.picture !== null);
  const those = (some: readonly ChosenShot[], fits: (shot: ChosenShot) => boolean) =>
    some.filter(fits).map(({ number, sentenceId, text }) => ({ number, sentenceId, text }));
  return {
    fileName,
    pictures: pictured.length,
    bytes: pictured.reduce((sum, { picture }) => sum + (picture?.bytes ?? 0), 0),
    missing: those(shots, (shot) => shot.picture === null),
    dirty: those(pictured, (shot) => shot.isImageDirty),
    failed: those(pictured, (shot) => shot.status === "failed"),
    demo: those(pictured, (shot) => shot.renderer === "demo"),
  };
}

import { randomUUID } from "node:crypto";
import type { DownloadInput, DownloadPrepared } from "@/lib/schemas/download";
import type { ServiceContext } from "../context";
import { chooseShots } from "./choose-shots";
import { refuseWithoutPictures } from "./open-download";
import { toPlan } from "./plan-download";

/**
 * An address that a browser can fetch the ZIP from, for ten minutes, with what it will hold.
 * @throws ShotboardError where an id names nothing of this project, or no shot has a picture
 */
export async function prepareDownload(ctx: ServiceContext, input: DownloadInput): Promise<DownloadPrepared> {
  const chosen = await chooseShots(ctx, input);
  refuseWithoutPictures(chosen.shots);
  const id = randomUUID();
  ctx.downloads.keep(id, input);
  return { url: `/api/v1/downloads/${id}`, ...toPlan(chosen) };
}

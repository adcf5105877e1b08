import { makeZip, predictLength } from "client-zip";
import { pictureFileName } from "@/lib/download/file-names";
import { writeCsv } from "@/lib/download/write-csv";
import { conflict, ShotboardError } from "@/lib/errors";
import type { DownloadInput } from "@/lib/schemas/download";
import { readPicture, type ReadOptions } from "@/server/image-store/read-picture";
import type { ServiceContext } from "../context";
import { type ChosenShot, chooseShots } from "./choose-shots";

const SIZES = { rendered: null, "1920x1080": { width: 1920, height: 1080 } } as const;
const LIST = "shots.csv";
const COLUMNS = ["number", "section", "text", "prompt", "seed", "model", "style", "credit", "file"] as const;

/** A ZIP that is read while it is sent. */
export interface Download {
  fileName: string;
  /** Bytes of the whole ZIP; null where only reading the pictures can tell. */
  length: number | null;
  /** Begins to read: one picture at a time, and each only when the one before it was taken. */
  read: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

/**
 * A ZIP of pictures named for an editor's bin, with `shots.csv` first, which lists every shot that was asked for.
 * @throws ShotboardError where an id names nothing of this project, or no shot has a picture
 */
export async function openDownload(ctx: ServiceContext, input: DownloadInput): Promise<Download> {
  const { fileName, total, shots } = await chooseShots(ctx, input);
  refuseWithoutPictures(shots);
  const withMetadata = input.withMetadata ?? false;
  const cut = SIZES[input.size ?? "rendered"];
  const named = shots.map((shot) => ({ shot, name: shot.picture && pictureFileName(shot, total) }));
  const list = new TextEncoder().encode(
    writeCsv(
      COLUMNS,
      named.map(({ shot, name }) => ({
        number: shot.number,
        section: shot.sectionTitle,
        text: shot.text,
        prompt: shot.picture && shot.prompt,
        seed: shot.picture && shot.seed,
        model: shot.picture && (shot.modelName ?? shot.modelId),
        style: shot.picture && (shot.styleName ?? shot.styleId),
        credit: shot.credit,
        file: name,
      })),
    ),
  );
  const entries = named.flatMap(({ shot: { picture, madeAt }, name }) =>
    picture && name ? [{ name, ...picture, lastModified: madeAt ?? new Date() }] : [],
  );
  // Text chunks and cuts change sizes that are known only once they were read.
  const isExact = cut === null && withMetadata;
  const sizes = [
    { name: LIST, size: list.length },
    ...entries.map(({ name, bytes }) => ({ name, size: bytes })),
  ];
  return {
    fileName,
    length: isExact ? Number(predictLength(sizes)) : null,
    read: (signal) => makeZip(zipEntries(ctx, list, entries, { cut, withMetadata, signal })),
  };
}

/**
 * The download that was prepared under an id, as its shots are now.
 * @throws ShotboardError where there is none, or its ten minutes are over
 */
export async function openPreparedDownload(
  ctx: ServiceContext,
  { downloadId }: { downloadId: string },
): Promise<Download> {
  const input = ctx.downloads.find(downloadId);
  if (!input)
    throw new ShotboardError(
      "NOT_FOUND",
      "This download is no longer there: its address holds for ten minutes.",
      {
        reason: "download_not_found",
        field: "downloadId",
        remedy: "Press Download on the board again.",
      },
    );
  return openDownload(ctx, input);
}

const withoutPictures = (count: number) =>
  count === 0
    ? "There are no shots here."
    : count === 1
      ? "This shot has no picture."
      : `None of these ${count} shots has a picture.`;

/** @throws ShotboardError where there is nothing to put into a ZIP */
export function refuseWithoutPictures(shots: readonly ChosenShot[]): void {
  if (shots.some((shot) => shot.picture !== null)) return;
  throw conflict(
    "no_pictures",
    withoutPictures(shots.length),
    null,
    "Generate some first, then download them.",
  );
}

interface Entry {
  name: string;
  file: string;
  lastModified: Date;
}

/** What the ZIP takes one after another; a picture is opened only when its turn comes. */
function* zipEntries(ctx: ServiceContext, list: Uint8Array, entries: readonly Entry[], options: ReadOptions) {
  yield { name: LIST, input: list, lastModified: new Date() };
  for (const { name, file, lastModified } of entries) {
    if (options.signal.aborted) return;
    yield { name, lastModified, input: readPicture(ctx.images.pathOf(file), options) };
  }
}

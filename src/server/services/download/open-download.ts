import { makeZip, predictLength } from "client-zip";
import { conflict } from "@/lib/errors";
import { shotsCsv } from "@/lib/download/csv";
import { downloadName } from "@/lib/download/picture-name";
import type { DownloadInput } from "@/lib/schemas/download";
import type { ServiceContext } from "../context";
import { collectShots, type DownloadShot } from "./collect-shots";

/** A ZIP that is made while it is read. */
export interface Download {
  fileName: string;
  /** Bytes; null where they are not known before. */
  size: number | null;
  /** Pictures are read one after the other, each when the reader is ready for it. */
  stream: ReadableStream<Uint8Array>;
}

const CSV = "shots.csv";

/** The pictures of a download as a ZIP, with `shots.csv` at its beginning. */
export async function openDownload(ctx: ServiceContext, input: DownloadInput): Promise<Download> {
  const { projectName, shots } = await collectShots(ctx, input);
  const painted = shots.filter((one) => one.picture !== null);
  if (painted.length === 0)
    throw conflict(
      "nothing_to_download",
      shots.length === 0 ? "There is no shot to download." : "None of these shots has a picture yet.",
      "sentenceIds",
      "Generate them first.",
    );
  const csv = new TextEncoder().encode(shotsCsv(shots.map(toLine)));
  const isAsStored = (input.size ?? "rendered") === "rendered" && input.withMetadata === true;
  const lastModified = new Date();
  return {
    fileName: downloadName(projectName),
    size: isAsStored
      ? Number(
          predictLength([
            { name: CSV, size: csv.length },
            ...painted.map(({ picture }) => ({ name: picture!.name, size: picture!.bytes })),
          ]),
        )
      : null,
    stream: makeZip(entries(ctx, input, { csv, painted, lastModified })),
  };
}

async function* entries(
  { images }: ServiceContext,
  { size = "rendered", withMetadata = false }: DownloadInput,
  { csv, painted, lastModified }: { csv: Uint8Array; painted: readonly DownloadShot[]; lastModified: Date },
) {
  yield { name: CSV, input: csv, lastModified };
  for (const { picture } of painted) {
    const { file, name } = picture!;
    const bytes =
      size === "1920x1080"
        ? await images.readCropped(file, { width: 1920, height: 1080, withMetadata })
        : withMetadata
          ? await images.read(file)
          : await images.readWithoutText(file);
    yield { name, input: bytes, lastModified };
  }
}

function toLine({ number, section, text, credit, picture }: DownloadShot) {
  return {
    number,
    section,
    text,
    credit,
    prompt: picture?.prompt ?? null,
    seed: picture?.seed ?? null,
    model: picture?.model ?? null,
    style: picture?.style ?? null,
    file: picture?.name ?? null,
  };
}

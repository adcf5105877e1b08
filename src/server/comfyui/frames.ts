import { z } from "zod";
import { parsePythonJson } from "./parse-json";

/** A sampler's preview: the picture so far, small. */
export interface PreviewFrame {
  /** The prompt it belongs to; null in the old kind of frame, which does not say. */
  promptId: string | null;
  mime: string;
  /** A copy of its own, not a view into the socket's buffer. */
  bytes: Uint8Array;
}

const eventPreview = 1;
const eventPreviewWithMetadata = 4;
const mimeByFormat = new Map([
  [1, "image/jpeg"],
  [2, "image/png"],
]);
const metadata = z.object({
  prompt_id: z.string().nullish(),
  image_type: z.enum(["image/jpeg", "image/png", "image/webp"]),
});

/**
 * Reads a binary frame: 4 bytes event type (big-endian), then for 1: 4 bytes format and the picture, for 4:
 * 4 bytes length, that much JSON and the picture. Null for every other type and for anything malformed.
 */
export function parseFrame(frame: Uint8Array): PreviewFrame | null {
  if (frame.byteLength <= 8) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const event = view.getUint32(0);
  const second = view.getUint32(4);
  if (event === eventPreview) {
    const mime = mimeByFormat.get(second);
    return mime ? { promptId: null, mime, bytes: copyFrom(frame, 8) } : null;
  }
  if (event !== eventPreviewWithMetadata || second >= frame.byteLength - 8) return null;
  try {
    const text = new TextDecoder().decode(frame.subarray(8, 8 + second));
    const parsed = metadata.safeParse(parsePythonJson(text));
    if (!parsed.success) return null;
    const { prompt_id, image_type } = parsed.data;
    return { promptId: prompt_id ?? null, mime: image_type, bytes: copyFrom(frame, 8 + second) };
  } catch {
    return null;
  }
}

function copyFrom(frame: Uint8Array, start: number): Uint8Array {
  return new Uint8Array(frame.subarray(start));
}

import sharp from "sharp";
import type { Photo } from "../picture";
import { fromRgb, type Color } from "./color";

/** What a painting takes from a reference picture. */
export interface Reference {
  /** Its most telling colour. */
  tint: Color;
  /** The picture itself, small, as a data URL. */
  thumbnail: string;
}

const known = new Map<string, Promise<Reference | null>>();

/** Looks at a reference once; null for a file that is no picture. */
export function lookAt(photo: Photo): Promise<Reference | null> {
  const seen = known.get(photo.hash);
  if (seen) return seen;
  if (known.size > 200) known.clear();
  const looking = look(photo).catch(() => null);
  known.set(photo.hash, looking);
  return looking;
}

async function look(photo: Photo): Promise<Reference> {
  const small = sharp(photo.bytes)
    .rotate()
    .resize(96, 96, { fit: "cover", position: "attention" })
    .flatten({ background: "#888" })
    .toColourspace("srgb")
    .removeAlpha();
  const [png, pixels] = await Promise.all([
    small.clone().png().toBuffer(),
    small.clone().resize(24, 24, { fit: "fill" }).raw().toBuffer(),
  ]);
  // Colourful pixels count more than grey ones: the tint is what one would name.
  let [r, g, b, weight] = [0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    const [pr = 0, pg = 0, pb = 0] = [pixels[i], pixels[i + 1], pixels[i + 2]];
    const colourful = 0.04 + (Math.max(pr, pg, pb) - Math.min(pr, pg, pb)) / 255;
    const w = colourful ** 2;
    [r, g, b, weight] = [r + pr * w, g + pg * w, b + pb * w, weight + w];
  }
  const tint = fromRgb(r / weight, g / weight, b / weight);
  return { tint, thumbnail: `data:image/png;base64,${png.toString("base64")}` };
}

import sharp from "sharp";
import type { Artist } from "./artist";
import { PlainArtist } from "./plain-artist";
import { compose, type Commission } from "./paint/compose";

export async function render(c: Commission): Promise<Buffer> {
  const { canvas } = compose(c);
  return sharp(Buffer.from(canvas.toSvg(c)), { unlimited: true }).removeAlpha().png().toBuffer();
}
export class Painter extends PlainArtist implements Artist {}

import sharp from "sharp";
import { Dice } from "./paint/dice";

const longest = 512;
const tileSize = 128;
let noise: Buffer | null = null;

/** The size of a preview: the picture's shape, at most 512 pixels long. */
export function previewSize({ width, height }: { width: number; height: number }): {
  width: number;
  height: number;
} {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** How a picture looks after a share of its steps: blurred and noisy at first, clear at 1. */
export async function growSharp(
  pixels: Buffer,
  size: { width: number; height: number },
  share: number,
): Promise<Buffer> {
  const left = 1 - share;
  const image = sharp(pixels, { raw: { ...size, channels: 3 } });
  if (left > 0.01) {
    image
      .blur(0.4 + left ** 1.3 * 16)
      .composite([
        { input: noiseTile(left), raw: { width: tileSize, height: tileSize, channels: 4 }, tile: true },
      ]);
  }
  return image.removeAlpha().jpeg({ quality: 78 }).toBuffer();
}

/** Coloured noise, the more opaque the more is left to do. */
function noiseTile(left: number): Buffer {
  if (!noise) {
    const dice = new Dice("noise");
    noise = Buffer.from(Array.from({ length: tileSize * tileSize * 4 }, () => dice.int(40, 215)));
  }
  const tile = Buffer.from(noise);
  const alpha = Math.round(210 * left ** 1.6);
  for (let i = 3; i < tile.length; i += 4) tile[i] = alpha;
  return tile;
}

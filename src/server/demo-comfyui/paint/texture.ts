import sharp from "sharp";
import { Dice } from "./dice";
import { cloudNoise } from "./noise";
import type { Style } from "./style";

/** Pixels; a picture that is smaller shows no texture. */
export const tileSize = 384;
const size = tileSize;
const made = new Map<string, Promise<Buffer>>();

/** A grey tile of the style's surface, to be laid over a picture as soft light: 128 changes nothing. */
export function textureTile(style: Style): Promise<Buffer> {
  const known = made.get(style.name);
  if (known) return known;
  const dice = new Dice("texture");
  const pixels = Buffer.alloc(size * size);
  const depth = style.roughness;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1)
      pixels[y * size + x] = 128 + surface(style.texture, x / size, y / size, dice) * depth * 100;
  }
  const tile = sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  made.set(style.name, tile);
  return tile;
}

function surface(kind: Style["texture"], u: number, v: number, dice: Dice): number {
  const grain = (dice.next() + dice.next() - 1) * 0.5;
  if (kind === "grain") return grain * 0.62;
  if (kind === "paper") {
    const tooth = cloudNoise(u * 3, v * 3) - cloudNoise(u * 3 + 0.004, v * 3 + 0.006);
    return tooth * 3.4 + grain * 0.25;
  }
  // Brush strokes: long one way, short the other, and the weave below them.
  const bend = cloudNoise(u, v) * 0.12;
  const stroke = cloudNoise(u * 2 + bend, v * 9 + bend) - cloudNoise(u * 2 + bend, v * 9 + bend + 0.02);
  const weave = Math.sin(u * Math.PI * 2 * 96) * Math.sin(v * Math.PI * 2 * 96) * 0.1;
  return stroke * 2.1 + weave + grain * 0.12;
}

import sharp from "sharp";
import type { Artist } from "./artist";
import { compose } from "./paint/compose";
import { lookAt, type Reference } from "./paint/reference";
import { textureTile, tileSize } from "./paint/texture";
import { plainPng } from "./png";
import type { Painting, Picture } from "./picture";
import { growSharp, previewSize } from "./preview-picture";

/** Paints handsome pictures: what a prompt names, in its style and light, drawn by its seed. */
export class Painter implements Artist {
  /** The picture that is being sampled: begun with its first preview, ready when its file is wanted. */
  #begun: { key: string; png: Promise<Buffer>; small: Promise<Buffer> } | null = null;

  async png(picture: Picture): Promise<Buffer> {
    if (picture.kind === "plain") return plainPng(picture.width, picture.height, picture.color);
    const { width, height } = picture;
    if (picture.kind === "photo") {
      return sharp(picture.bytes)
        .rotate()
        .resize(width, height, { fit: "fill" })
        .removeAlpha()
        .png({ compressionLevel: 3 })
        .toBuffer();
    }
    return this.#begun?.key === keyOf(picture) ? this.#begun.png : paint(picture);
  }

  async preview(picture: Picture, share: number): Promise<Buffer> {
    if (picture.kind !== "painting")
      return sharp(await this.png(picture))
        .resize(previewSize(picture))
        .jpeg()
        .toBuffer();
    const key = keyOf(picture);
    if (this.#begun?.key !== key) {
      this.#begun = { key, small: sketch(picture), png: paint(picture) };
      // Whoever asks for it gets the failure; that nobody has asked yet is no reason to end the process.
      this.#begun.png.catch(() => undefined);
    }
    return growSharp(await this.#begun.small, previewSize(picture), share);
  }
}

function keyOf(picture: Painting): string {
  return JSON.stringify({ ...picture, references: picture.references.map((it) => it.hash) });
}

async function draw(picture: Painting, size: { width: number; height: number }, imprint: boolean) {
  const looks = await Promise.all(picture.references.map(lookAt));
  const references = looks.filter((look): look is Reference => look !== null);
  const { canvas } = compose({ ...picture, references, imprint });
  return { style: canvas.style, svg: Buffer.from(canvas.toSvg(size)) };
}

/** The finished picture. */
async function paint(picture: Painting): Promise<Buffer> {
  const { style, svg } = await draw(picture, picture, true);
  const image = sharp(svg, { unlimited: true });
  if (Math.min(picture.width, picture.height) >= tileSize) {
    image.composite([{ input: await textureTile(style), tile: true, blend: "soft-light" }]);
  }
  return image.removeAlpha().png({ compressionLevel: 2 }).toBuffer();
}

/** The pixels of its previews, before they are blurred. */
async function sketch(picture: Painting): Promise<Buffer> {
  const { svg } = await draw(picture, previewSize(picture), false);
  return sharp(svg, { unlimited: true }).removeAlpha().raw().toBuffer();
}

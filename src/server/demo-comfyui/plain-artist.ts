import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Artist } from "./artist";
import { plainPng } from "./png";
import type { Picture } from "./picture";

/** One colour a picture, drawn from all that made it: for tests and benchmarks that only need its size. */
export class PlainArtist implements Artist {
  /** Of the picture that is being sampled: all its previews are one. */
  #latest: { color: number; jpeg: Promise<Buffer> } | null = null;

  async png(picture: Picture): Promise<Buffer> {
    return plainPng(picture.width, picture.height, colorOf(picture));
  }

  preview(picture: Picture): Promise<Buffer> {
    const color = colorOf(picture);
    if (this.#latest?.color !== color) {
      const background = { r: color >> 16, g: (color >> 8) & 255, b: color & 255 };
      const jpeg = sharp({ create: { width: 48, height: 27, channels: 3, background } })
        .jpeg()
        .toBuffer();
      this.#latest = { color, jpeg };
    }
    return this.#latest.jpeg;
  }
}

function colorOf(picture: Picture): number {
  const facts = JSON.stringify(picture, (key, value: unknown) => (key === "bytes" ? undefined : value));
  return createHash("sha256").update(facts).digest().readUIntBE(0, 3);
}

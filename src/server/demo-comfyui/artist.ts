import type { Picture } from "./picture";

/** Turns pictures into pixels. The same picture always gives the same bytes. */
export interface Artist {
  /** The whole picture as PNG, of exactly its size. */
  png(picture: Picture): Promise<Buffer>;
  /** The picture as it looks after a share of its sampling steps (0 to 1), as a small JPEG. */
  preview(picture: Picture, share: number): Promise<Buffer>;
}

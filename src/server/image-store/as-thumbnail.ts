import type { Sharp } from "sharp";

/** Pixels of the longest side that WebP knows. */
const WEBP_SIDE = 16_383;

/** A picture as a thumbnail: a WebP, at most `width` pixels wide. */
export const asThumbnail = (image: Sharp, width: number): Sharp =>
  image.resize({ width, height: WEBP_SIDE, fit: "inside", withoutEnlargement: true }).webp({ quality: 82 });

/** A size of pictures that projects usually have, in pixels. */
export interface SizePreset {
  id: string;
  name: string;
  width: number;
  height: number;
}

/** Multiples of 16, as models want them; the first is cropped to full HD for the editor. */
export const SIZES: readonly SizePreset[] = [
  { id: "wide", name: "Wide 16:9 · 1920 × 1088", width: 1920, height: 1088 },
  { id: "wide-small", name: "Wide 16:9, quicker · 1280 × 720", width: 1280, height: 720 },
  { id: "upright", name: "Upright 9:16 · 1088 × 1920", width: 1088, height: 1920 },
  { id: "square", name: "Square · 1088 × 1088", width: 1088, height: 1088 },
  { id: "classic", name: "Classic 4:3 · 1440 × 1088", width: 1440, height: 1088 },
  { id: "cinema", name: "Cinema 2.35:1 · 1920 × 816", width: 1920, height: 816 },
];

/** The preset of a size, or null for one of its own. */
export const presetOf = (width: number | null, height: number | null): SizePreset | null =>
  SIZES.find((one) => one.width === width && one.height === height) ?? null;

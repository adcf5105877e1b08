import type { Picture } from "./picture";

export interface Size {
  /** Pixels. */
  width: number;
  height: number;
}

export function sizeOf(picture: Picture): Size {
  return { width: picture.width, height: picture.height };
}

/** The same picture at another size: it is drawn or scaled only when its pixels are needed. */
export function resize<P extends Picture>(picture: P, { width, height }: Size): P {
  return { ...picture, width: Math.max(1, width), height: Math.max(1, height) };
}

/** The size of the same shape with about that many pixels, rounded as ComfyUI does it. */
export function fitPixels({ width, height }: Size, pixels: number): Size {
  const factor = Math.sqrt(pixels / (width * height));
  return { width: Math.round(width * factor), height: Math.round(height * factor) };
}

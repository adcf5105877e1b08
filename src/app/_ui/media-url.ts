/** Widths in which the server makes thumbnails, in pixels. */
const WIDTHS = [320, 640, 1280] as const;

/** The address of a picture as a thumbnail of this width. */
export function thumbnail(url: string, width: (typeof WIDTHS)[number]): string {
  return sized(url, width);
}

/** The address of a few pixels of a picture, which stand in its place until it is there. */
export function placeholder(url: string): string {
  return sized(url, 32);
}

const sized = (url: string, width: number) => `${url}${url.includes("?") ? "&" : "?"}w=${width}`;

/** All thumbnails for `srcset`: the browser takes the one that fits its screen. */
export function thumbnails(url: string): string {
  return WIDTHS.map((width) => `${thumbnail(url, width)} ${width}w`).join(", ");
}

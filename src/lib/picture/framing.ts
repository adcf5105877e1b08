/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A part of a picture, in whole pixels. */
export interface Box extends Size {
  left: number;
  top: number;
}

/**
 * The largest part of a picture that has another shape. The focus stays in view, as far from the part's edges as from
 * the picture's, in shares: what CSS calls `object-position`.
 * @param focus 0 = left or top, 1 = right or bottom
 */
export function cutOf(picture: Size, shape: Size, focus: { x: number; y: number }): Box {
  const scale = Math.max(shape.width / picture.width, shape.height / picture.height);
  const width = within(shape.width / scale, picture.width);
  const height = within(shape.height / scale, picture.height);
  return {
    left: Math.round((picture.width - width) * focus.x),
    top: Math.round((picture.height - height) * focus.y),
    width,
    height,
  };
}

/** Where a whole picture stands in another shape: as large as it goes in, in the middle. */
export function placeOf(picture: Size, shape: Size): Box {
  const scale = Math.min(shape.width / picture.width, shape.height / picture.height);
  const width = within(picture.width * scale, shape.width);
  const height = within(picture.height * scale, shape.height);
  return {
    left: Math.floor((shape.width - width) / 2),
    top: Math.floor((shape.height - height) / 2),
    width,
    height,
  };
}

const within = (length: number, most: number) => Math.min(most, Math.max(1, Math.round(length)));

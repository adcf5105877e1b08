import fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, cutOf, placeOf, type Size } from "@/lib/picture/framing";

const side = fc.integer({ min: 1, max: 40_000 });
const size = fc.record({ width: side, height: side });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const isInside = ({ left, top, width, height }: Box, whole: Size) =>
  left >= 0 &&
  top >= 0 &&
  width >= 1 &&
  height >= 1 &&
  left + width <= whole.width &&
  top + height <= whole.height;
const isWhole = (box: Box) => Object.values(box).every((value) => Number.isInteger(value));
/** How far a length is from what the other side's would be in this shape, in pixels of it. */
const offBy = (box: Size, shape: Size) =>
  Math.min(
    Math.abs(box.width - (box.height * shape.width) / shape.height),
    Math.abs(box.height - (box.width * shape.height) / shape.width),
  );

test("a cut lies in the picture, has the shape to a pixel, and leaves nothing out that would go in", () => {
  fc.assert(
    fc.property(size, size, share, share, (picture, shape, x, y) => {
      const cut = cutOf(picture, shape, { x, y });
      expect(isInside(cut, picture) && isWhole(cut)).toBe(true);
      expect(cut.width === picture.width || cut.height === picture.height).toBe(true);
      expect(offBy(cut, shape)).toBeLessThanOrEqual(1);
    }),
  );
});

test("the focus stays in view, and at the edges so does the edge", () => {
  fc.assert(
    fc.property(size, size, share, share, (picture, shape, x, y) => {
      const cut = cutOf(picture, shape, { x, y });
      expect(Math.abs(cut.left + cut.width * x - picture.width * x)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(Math.abs(cut.top + cut.height * y - picture.height * y)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(cutOf(picture, shape, { x: 0, y: 0 })).toMatchObject({ left: 0, top: 0 });
      const end = cutOf(picture, shape, { x: 1, y: 1 });
      expect([end.left + end.width, end.top + end.height]).toEqual([picture.width, picture.height]);
    }),
  );
});

test("a picture that is fitted in touches two edges, keeps its shape to a pixel, and stands in the middle", () => {
  fc.assert(
    fc.property(size, size, (picture, shape) => {
      const place = placeOf(picture, shape);
      expect(isInside(place, shape) && isWhole(place)).toBe(true);
      expect(place.width === shape.width || place.height === shape.height).toBe(true);
      expect(offBy(place, picture)).toBeLessThanOrEqual(1);
      expect(Math.abs(shape.width - place.width - 2 * place.left)).toBeLessThanOrEqual(1);
      expect(Math.abs(shape.height - place.height - 2 * place.top)).toBeLessThanOrEqual(1);
    }),
  );
});

test("a picture of the shape itself is taken whole", () => {
  fc.assert(
    fc.property(size, share, share, (shape, x, y) => {
      const whole = { left: 0, top: 0, ...shape };
      expect(cutOf(shape, shape, { x, y })).toEqual(whole);
      expect(placeOf(shape, shape)).toEqual(whole);
    }),
  );
});

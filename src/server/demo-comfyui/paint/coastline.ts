import { n } from "./canvas";
import { lineNoise } from "./noise";
import type { Scene } from "./scene";

/** A closed shore around a point; the answer draws it a little larger or smaller. */
export function coastline(
  dice: Scene["dice"],
  x: number,
  y: number,
  rx: number,
  ry: number,
  points: number,
): (grow: number) => string {
  const noise = lineNoise(dice, 5);
  return (grow) => {
    let d = "";
    for (let i = 0; i < points * 3; i += 1) {
      const angle = (i / (points * 3)) * Math.PI * 2;
      // The noise is laid around a circle, so that the shore closes.
      const r =
        1 +
        0.42 * noise(8 + 2.2 * Math.cos(angle)) +
        0.32 * noise(40 + 2.2 * Math.sin(angle)) +
        0.05 * noise(i);
      d += `${i ? "L" : "M"}${n(x + Math.cos(angle) * rx * r * grow)} ${n(y + Math.sin(angle) * ry * r * grow)}`;
    }
    return `${d}z`;
  };
}

import { rgbaPng } from "../png";
import { n } from "./canvas";
import { mix, toRgb, type Color } from "./color";
import { cloudNoise } from "./noise";
import type { Scene } from "./scene";

const sheetWidth = 320;
const sheetHeight = 120;

export interface CloudWish {
  /** 0: none, 1: a closed sky. */
  cover: number;
  /** How many times wider than high the shapes are. */
  stretch: number;
  /** 0 is soft as mist, 1 has hard edges. */
  crispness: number;
  opacity: number;
  top: number;
  bottom: number;
  lit: Color;
  dark: Color;
}

/** Clouds with light on the side of the sun, as a small picture that is scaled up. */
export function paintClouds(scene: Scene, wish: CloudWish): void {
  const { canvas, dice, width } = scene;
  const offset = { x: dice.next(), y: dice.next() };
  const lit = toRgb(canvas.style.grade(wish.lit));
  const dark = toRgb(canvas.style.grade(wish.dark));
  const middle = toRgb(canvas.style.grade(mix(wish.lit, wish.dark, 0.5)));
  const band = wish.bottom - wish.top;
  const sun = { x: (scene.sun.x / width) * sheetWidth, y: ((scene.sun.y - wish.top) / band) * sheetHeight };
  const aspect = width / band;
  const threshold = 0.78 - wish.cover * 0.52;
  const slope = 2.2 + wish.crispness * 7;

  const field = densities(offset, aspect, wish.stretch);
  const pixels = Buffer.alloc(sheetWidth * sheetHeight * 4);
  for (let y = 0, at = 0; y < sheetHeight; y += 1) {
    const fade =
      wish.opacity * 255 * Math.min(1, (y / sheetHeight) * 6) * Math.min(1, (1 - y / sheetHeight) * 3.2);
    for (let x = 0; x < sheetWidth; x += 1, at += 4) {
      const here = field[y * sheetWidth + x] as number;
      const alpha = Math.min(1, Math.max(0, (here - threshold) * slope));
      if (alpha === 0) continue;
      // Lit where it gets thinner towards the sun, dark where there is more cloud in the way.
      const distance = Math.hypot(sun.x - x, (sun.y - y) * 2) + 24;
      const px = Math.min(sheetWidth - 1, Math.max(0, x + Math.round(((sun.x - x) / distance) * 5)));
      const py = Math.min(
        sheetHeight - 1,
        Math.max(0, y + Math.round((((sun.y - y) * 2) / distance) * 4 - 1.2)),
      );
      const gain = here - (field[py * sheetWidth + px] as number);
      const t = Math.min(1, Math.max(0, 0.5 + gain * 5.5 - (here - threshold) * 0.9));
      const [from, to, share] = t > 0.5 ? [middle, lit, (t - 0.5) * 2] : [dark, middle, t * 2];
      pixels[at] = from[0] + (to[0] - from[0]) * share;
      pixels[at + 1] = from[1] + (to[1] - from[1]) * share;
      pixels[at + 2] = from[2] + (to[2] - from[2]) * share;
      pixels[at + 3] = fade * alpha;
    }
  }
  canvas.add(
    `<image x="0" y="${n(wish.top)}" width="${n(width)}" height="${n(band)}" preserveAspectRatio="none" xlink:href="data:image/png;base64,${rgbaPng(sheetWidth, sheetHeight, pixels).toString("base64")}"/>`,
  );
}

/** How thick the cloud is at each point of a sheet. */
function densities(offset: { x: number; y: number }, aspect: number, stretch: number): Float32Array {
  const field = new Float32Array(sheetWidth * sheetHeight);
  for (let y = 0; y < sheetHeight; y += 1) {
    // Clouds near the horizon are seen from the side: flatter and closer together.
    const depth = 0.35 + 0.65 * (1 - y / sheetHeight);
    const wide = 0.21 * aspect * (1 / depth) ** 0.5;
    const v = offset.y + (y / sheetHeight) * 0.2 * (stretch / 2.2) ** 0.9 * (1 / depth);
    for (let x = 0; x < sheetWidth; x += 1) {
      const u = offset.x + (x / sheetWidth - 0.5) * wide;
      const warp = cloudNoise(u * 0.7 + 0.31, v * 0.7 + 0.77);
      field[y * sheetWidth + x] = cloudNoise(u + warp * 0.09, v + warp * 0.06);
    }
  }
  return field;
}

import { rgbaPng } from "../png";
import { n } from "./canvas";
import { mix, toRgb, type Color } from "./color";
import { cloudNoise } from "./noise";
import type { Scene } from "./scene";

const sheetWidth = 400;
const sheetHeight = 150;

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

  const pixels = Buffer.alloc(sheetWidth * sheetHeight * 4);
  const density = (x: number, y: number) => {
    // Clouds near the horizon are seen from the side: flatter and closer together.
    const depth = 0.35 + 0.65 * (1 - y / sheetHeight);
    const u = offset.x + (x / sheetWidth - 0.5) * 0.42 * (aspect / 2) * (1 / depth) ** 0.5;
    const v = offset.y + (y / sheetHeight) * 0.2 * (wish.stretch / 2.2) ** 0.9 * (1 / depth);
    const warp = cloudNoise(u * 0.7 + 0.31, v * 0.7 + 0.77);
    return cloudNoise(u + warp * 0.09, v + warp * 0.06);
  };
  const field = new Float32Array(sheetWidth * sheetHeight);
  for (let y = 0; y < sheetHeight; y += 1) {
    for (let x = 0; x < sheetWidth; x += 1) field[y * sheetWidth + x] = density(x, y);
  }
  for (let y = 0; y < sheetHeight; y += 1) {
    for (let x = 0; x < sheetWidth; x += 1) {
      const here = field[y * sheetWidth + x] ?? 0;
      const alpha = Math.min(1, Math.max(0, (here - threshold) * slope));
      const distance = Math.hypot(sun.x - x, (sun.y - y) * 2) + 30;
      const towardsX = Math.round(((sun.x - x) / distance) * 6);
      const towardsY = Math.round((((sun.y - y) * 2) / distance) * 5 - 1.5);
      const px = Math.min(sheetWidth - 1, Math.max(0, x + towardsX));
      const py = Math.min(sheetHeight - 1, Math.max(0, y + towardsY));
      const shadow = 0.5 + (here - (field[py * sheetWidth + px] ?? 0)) * 5.5 - (here - threshold) * 0.9;
      const t = Math.min(1, Math.max(0, shadow));
      const [from, to, share] = t > 0.5 ? [middle, lit, (t - 0.5) * 2] : [dark, middle, t * 2];
      const fade = Math.min(1, (y / sheetHeight) * 6) * Math.min(1, (1 - y / sheetHeight) * 3.2);
      const at = (y * sheetWidth + x) * 4;
      for (let c = 0; c < 3; c += 1) pixels[at + c] = (from[c] ?? 0) + ((to[c] ?? 0) - (from[c] ?? 0)) * share;
      pixels[at + 3] = 255 * wish.opacity * alpha * fade;
    }
  }
  canvas.add(
    `<image x="0" y="${n(wish.top)}" width="${n(width)}" height="${n(band)}" preserveAspectRatio="none" xlink:href="data:image/png;base64,${rgbaPng(sheetWidth, sheetHeight, pixels).toString("base64")}"/>`,
  );
}

import { mix, type Color } from "./color";

export type StyleName =
  | "plain"
  | "cinematic"
  | "documentary"
  | "watercolor"
  | "noir"
  | "anime"
  | "oil"
  | "sketch"
  | "vintage";

/** How a style treats every colour and every shape of a picture. */
export interface Style {
  name: StyleName;
  /** Turns a scene's colour into the style's. */
  grade: (color: Color) => Color;
  /** Outline of shapes: darker than the fill by `by`, `width` in thousandths of the height; null for none. */
  outline: { by: number; width: number; opacity: number } | null;
  /** How much of what lies below shows through a shape. */
  opacity: number;
  /** The surface the picture seems to be made on. */
  texture: "grain" | "paper" | "canvas";
  /** Strength of the texture, 0–1. */
  roughness: number;
  /** Darkening towards the corners, 0–1. */
  vignette: number;
  /** The border of unpainted paper, in thousandths of the height. */
  margin: number;
  /** What the caption is written with: white on a dark ground, or dark on a pale one. */
  ink: "white" | "dark";
  /** Black bars above and below. */
  hasBars: boolean;
}

const base: Style = {
  name: "plain",
  grade: (color) => color,
  outline: null,
  opacity: 1,
  texture: "grain",
  roughness: 0.2,
  vignette: 0.34,
  margin: 0,
  ink: "white",
  hasBars: false,
};

const teal: Color = { l: 0.3, c: 0.07, h: 215 };
const amber: Color = { l: 0.86, c: 0.1, h: 68 };

export const styles: Record<StyleName, Style> = {
  plain: base,
  documentary: {
    ...base,
    name: "documentary",
    grade: ({ l, c, h }) => ({ l: 0.03 + l * 0.95, c: c * 0.8, h }),
    roughness: 0.26,
    vignette: 0.24,
  },
  cinematic: {
    ...base,
    name: "cinematic",
    grade: (color) => {
      const l = contrast(color.l, 1.16);
      const tinted = mix(
        { ...color, l },
        { ...(l < 0.5 ? teal : amber), l },
        0.16 + 0.34 * Math.abs(l - 0.5),
      );
      return { ...tinted, c: tinted.c * 1.12 };
    },
    roughness: 0.24,
    vignette: 0.5,
    hasBars: true,
  },
  watercolor: {
    ...base,
    name: "watercolor",
    grade: ({ l, c, h }) => ({ l: 0.38 + l * 0.59, c: c * 1.02 * (0.75 + 0.5 * (1 - l)), h }),
    outline: { by: -0.09, width: 2.2, opacity: 0.42 },
    opacity: 0.82,
    texture: "paper",
    roughness: 0.75,
    vignette: 0,
    margin: 34,
    ink: "dark",
  },
  noir: {
    ...base,
    name: "noir",
    grade: ({ l }) => ({ l: contrast(l * 0.94, 1.6), c: 0.004, h: 250 }),
    roughness: 0.5,
    vignette: 0.72,
  },
  anime: {
    ...base,
    name: "anime",
    grade: ({ l, c, h }) => ({ l: Math.min(0.985, 0.05 + l * 0.98), c: c * 1.4, h }),
    outline: { by: -0.14, width: 1.3, opacity: 0.5 },
    roughness: 0.05,
    vignette: 0.1,
  },
  oil: {
    ...base,
    name: "oil",
    grade: (color) => {
      const warm = mix(color, { l: color.l, c: 0.07, h: 70 }, 0.24);
      return { l: contrast(warm.l * 0.96, 1.12), c: warm.c * 1.18, h: warm.h };
    },
    texture: "canvas",
    roughness: 0.85,
    vignette: 0.5,
  },
  sketch: {
    ...base,
    name: "sketch",
    grade: ({ l }) => ({ l: 0.42 + l * 0.535, c: 0.018, h: 85 }),
    outline: { by: -0.3, width: 1.7, opacity: 0.75 },
    opacity: 0.8,
    texture: "paper",
    roughness: 0.9,
    vignette: 0,
    margin: 40,
    ink: "dark",
  },
  vintage: {
    ...base,
    name: "vintage",
    grade: ({ l }) => ({ l: 0.16 + contrast(l, 1.1) * 0.72, c: 0.034, h: 72 }),
    roughness: 0.6,
    vignette: 0.58,
    margin: 18,
  },
};

/** Pushes lightness away from the middle. */
function contrast(l: number, factor: number): number {
  const t = Math.min(1, Math.max(0, 0.46 + (l - 0.46) * factor));
  return t * 0.97 + 0.015;
}

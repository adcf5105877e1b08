import { shade, toHex, type Color } from "./color";
import type { Style } from "./style";

/** One stop of a gradient: where (0–1), which colour, how opaque (1 unless told). */
export type Stop = readonly [at: number, color: Color, opacity?: number];

/** A fill: a colour, or a gradient made by this canvas. */
export type Paint = Color | Gradient;

export interface Gradient {
  url: string;
  /** Stands for the whole gradient where one colour is needed. */
  like: Color;
}

interface ShapeOptions {
  opacity?: number;
  /** False: no outline even in styles that have one. */
  outline?: boolean;
}

/** Coordinates with one digit after the point: finer than any picture shows. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/**
 * Collects a picture as SVG. The picture is 1000 high and `width` wide, whatever its pixels; every colour goes
 * through the style.
 */
export class Canvas {
  readonly height = 1000;
  #body: string[] = [];
  #defs: string[] = [];
  #count = 0;

  constructor(
    readonly width: number,
    readonly style: Style,
  ) {}

  hex(color: Color): string {
    return toHex(this.style.grade(color));
  }

  add(svg: string): void {
    this.#body.push(svg);
  }

  /** A filled shape in the manner of the style. */
  shape(d: string, paint: Paint, { opacity = 1, outline = true }: ShapeOptions = {}): void {
    const like = "url" in paint ? paint.like : paint;
    const fill = "url" in paint ? paint.url : this.hex(paint);
    const line = outline ? this.style.outline : null;
    const stroke = line
      ? ` stroke="${toHex(shade(this.style.grade(like), line.by))}" stroke-width="${line.width}" stroke-opacity="${n(line.opacity * opacity * 10) === "0" ? 0 : line.opacity * opacity}" stroke-linejoin="round"`
      : "";
    const through = opacity * (outline ? this.style.opacity : 1);
    this.add(
      `<path d="${d}" fill="${fill}"${through < 1 ? ` fill-opacity="${round3(through)}"` : ""}${stroke}/>`,
    );
  }

  /** A line without fill. */
  line(d: string, color: Color, width: number, opacity = 1): void {
    this.add(
      `<path d="${d}" fill="none" stroke="${this.hex(color)}" stroke-width="${n(width)}" stroke-opacity="${round3(opacity)}" stroke-linecap="round" stroke-linejoin="round"/>`,
    );
  }

  disc(x: number, y: number, r: number, paint: Paint, opacity = 1): void {
    const fill = "url" in paint ? paint.url : this.hex(paint);
    this.add(
      `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" fill-opacity="${round3(opacity)}"/>`,
    );
  }

  /** Light around a point, fading to nothing at the radius. */
  glow(x: number, y: number, radius: number, color: Color, opacity: number, squeeze = 1): void {
    const { url } = this.radial([
      [0, color, opacity],
      [0.25, color, opacity * 0.55],
      [0.55, color, opacity * 0.18],
      [1, color, 0],
    ]);
    this.add(
      `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(radius)}" ry="${n(radius * squeeze)}" fill="${url}"/>`,
    );
  }

  /** A gradient from top to bottom of the shape, or between two points of the picture. */
  linear(stops: readonly Stop[], line?: { x1: number; y1: number; x2: number; y2: number }): Gradient {
    const where = line
      ? `gradientUnits="userSpaceOnUse" x1="${n(line.x1)}" y1="${n(line.y1)}" x2="${n(line.x2)}" y2="${n(line.y2)}"`
      : `x1="0" y1="0" x2="0" y2="1"`;
    return this.#gradient("linearGradient", where, stops);
  }

  /** A gradient from the centre of the shape to its rim. */
  radial(stops: readonly Stop[]): Gradient {
    return this.#gradient("radialGradient", "", stops);
  }

  /** What is drawn meanwhile is put into one group with those attributes. */
  group(attributes: string, draw: () => void): void {
    const outer = this.#body;
    this.#body = [];
    draw();
    const inner = this.#body.join("");
    this.#body = outer;
    this.add(`<g ${attributes}>${inner}</g>`);
  }

  /** A clip for `group`: its attribute. */
  clip(d: string): string {
    const id = this.#id();
    this.#defs.push(`<clipPath id="${id}"><path d="${d}"/></clipPath>`);
    return `clip-path="url(#${id})"`;
  }

  /** The whole as an SVG document of that many pixels. */
  toSvg(pixels: { width: number; height: number }): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${pixels.width}" height="${pixels.height}" viewBox="0 0 ${n(this.width)} 1000" preserveAspectRatio="none"><defs>${this.#defs.join("")}</defs>${this.#body.join("")}</svg>`;
  }

  #gradient(tag: string, where: string, stops: readonly Stop[]): Gradient {
    const id = this.#id();
    const marks = stops.map(
      ([at, color, opacity = 1]) =>
        `<stop offset="${round3(at)}" stop-color="${this.hex(color)}"${opacity < 1 ? ` stop-opacity="${round3(opacity)}"` : ""}/>`,
    );
    this.#defs.push(`<${tag} id="${id}" ${where}>${marks.join("")}</${tag}>`);
    const like = stops[Math.floor(stops.length / 2)]?.[1] ?? { l: 0.5, c: 0, h: 0 };
    return { url: `url(#${id})`, like };
  }

  #id(): string {
    this.#count += 1;
    return `d${this.#count}`;
  }
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}

import { setText } from "./caption-text";
import { n, type Canvas } from "./canvas";
import { color, type Color } from "./color";
import { lineNoise } from "./noise";
import { paintClouds } from "./clouds";
import type { Scene } from "./scene";

/** What a finished picture says about itself. */
export interface Imprint {
  /** The prompt, or what of it is worth reading; null for none. */
  caption: string | null;
  /** Small pictures of the references that went in, as data URLs. */
  references: readonly string[];
}

/** What lies over the whole picture: pigment, vignette, margin or bars, and the imprint. */
export function finish(scene: Scene, imprint: Imprint | null): void {
  const { canvas, width, light } = scene;
  const { style } = canvas;
  if (style.texture === "paper") {
    paintClouds(scene, {
      cover: 0.8,
      stretch: 1,
      crispness: 0.02,
      opacity: 0.3,
      top: -160,
      bottom: 1300,
      lit: color(0.99, 0.01, 90),
      dark: light.skyMid,
    });
  }
  if (style.vignette > 0) {
    const dark: Color = color(0.05, 0.012, 260);
    const shade = canvas.radial([
      [0, dark, 0],
      [0.58, dark, 0],
      [0.82, dark, style.vignette * 0.34],
      [1, dark, style.vignette],
    ]);
    canvas.add(
      `<ellipse cx="${n(width / 2)}" cy="490" rx="${n(width * 0.78)}" ry="780" fill="${shade.url}"/>`,
    );
    canvas.add(
      `<path fill-rule="evenodd" fill="${canvas.hex(dark)}" fill-opacity="${style.vignette}" d="M-9 -9H${n(width + 9)}V1009H-9zM${n(width * -0.28)} 490a${n(width * 0.78)} 780 0 1 0 ${n(width * 1.56)} 0a${n(width * 0.78)} 780 0 1 0 ${n(-width * 1.56)} 0z"/>`,
    );
  }
  if (style.margin > 0) paintMargin(scene, style.margin);
  const bar = style.hasBars ? 62 : 0;
  if (bar > 0)
    canvas.add(`<path fill="#050506" d="M0 0H${n(width)}V${bar}H0zM0 ${1000 - bar}H${n(width)}V1000H0z"/>`);
  if (imprint) paintImprint(scene, imprint, bar);
}

/** Unpainted paper around, its edge as uneven as a brush leaves it. */
function paintMargin(scene: Scene, margin: number): void {
  const { canvas, width } = scene;
  const noise = lineNoise(scene.dice.fork("margin"), 5);
  const wild = margin * (canvas.style.name === "vintage" ? 0.04 : 0.34);
  const points: string[] = [];
  const side = (fromX: number, fromY: number, toX: number, toY: number) => {
    for (let i = 0; i < 70; i += 1) {
      const t = i / 70;
      const off = noise(points.length / 2.4) * wild;
      points.push(
        `${n(fromX + (toX - fromX) * t + (fromX === toX ? off : 0))} ${n(fromY + (toY - fromY) * t + (fromY === toY ? off : 0))}`,
      );
    }
  };
  const [left, top, right, bottom] = [margin, margin, width - margin, 1000 - margin];
  side(left, top, right, top);
  side(right, top, right, bottom);
  side(right, bottom, left, bottom);
  side(left, bottom, left, top);
  const paper =
    canvas.style.name === "vintage" ? "#e9dfc9" : canvas.style.name === "sketch" ? "#f3ecdd" : "#faf7f0";
  canvas.add(
    `<path fill-rule="evenodd" fill="${paper}" d="M-9 -9H${n(width + 9)}V1009H-9zM${points.join("L")}z"/>`,
  );
}

function paintImprint(scene: Scene, { caption, references }: Imprint, bar: number): void {
  const { canvas, width } = scene;
  const { margin, ink } = canvas.style;
  const [ground, pen] = ink === "white" ? ["#06070a", "#fff"] : ["#faf7f0", "#26282e"];
  const inset = margin + 30;
  const size = 25;
  const chips = references.slice(0, 4);
  const start = inset + chips.length * 64;
  const block = caption
    ? setText(caption, { size, width: Math.min(width - start - inset, 1150), maxLines: 2 })
    : null;
  const height = block ? block.lines * size * 1.36 : 0;
  const low = 1000 - margin - (bar > 0 ? bar + 20 : 24);
  if (block || chips.length > 0) {
    const top = low - Math.max(height, 44) - 90;
    canvas.add(
      `<linearGradient id="ground" x2="0" y2="1"><stop stop-color="${ground}" stop-opacity="0"/><stop offset="1" stop-color="${ground}" stop-opacity=".66"/></linearGradient>` +
        `<rect x="${margin}" y="${n(top)}" width="${n(width - 2 * margin)}" height="${n(1000 - Math.max(margin, bar) - top)}" fill="url(#ground)"/>`,
    );
  }
  chips.forEach((url, i) => {
    const [x, y] = [inset + 25 + i * 64, low - 20];
    canvas.add(
      `<clipPath id="chip${i}"><circle cx="${n(x)}" cy="${n(y)}" r="25"/></clipPath>` +
        `<image clip-path="url(#chip${i})" x="${n(x - 25)}" y="${n(y - 25)}" width="50" height="50" preserveAspectRatio="none" xlink:href="${url}"/>` +
        `<circle cx="${n(x)}" cy="${n(y)}" r="25.5" fill="none" stroke="${pen}" stroke-opacity=".85" stroke-width="2.5"/>`,
    );
  });
  if (block)
    canvas.add(
      `<g fill="${pen}" fill-opacity=".93" transform="translate(${n(start)} ${n(low - height + size)})">${block.svg}</g>`,
    );
  paintTag(canvas, width - inset, margin + bar + 30, ground, pen);
}

function paintTag(canvas: Canvas, right: number, top: number, ground: string, pen: string): void {
  const word = setText("DEMO", { size: 19, width: 400, maxLines: 1, spacing: 0.16 });
  const w = word.width + 26;
  canvas.add(
    `<rect x="${n(right - w)}" y="${n(top)}" width="${n(w)}" height="36" rx="8" fill="${ground}" fill-opacity=".5"/>` +
      `<g fill="${pen}" fill-opacity=".92" transform="translate(${n(right - w + 14.5)} ${n(top + 25)})">${word.svg}</g>`,
  );
}

import { n } from "./canvas";
import type { Dice } from "./dice";

/** A conifer: layered boughs that hang a little, as one outline. */
export function conifer(dice: Dice, x: number, y: number, height: number): string {
  const tiers = Math.max(5, Math.round(height / 22));
  const spread = height * dice.range(0.17, 0.25);
  let left = "";
  let right = "";
  for (let i = 1; i <= tiers; i += 1) {
    const t = i / tiers;
    const ty = y - height * (1 - t * 0.94);
    const w = spread * t ** 0.85 * dice.range(0.75, 1.15);
    const tuck = w * 0.45;
    right += `L${n(x + w)} ${n(ty + height * 0.02)}L${n(x + tuck)} ${n(ty - height * 0.012)}`;
    left = `L${n(x - tuck)} ${n(ty - height * 0.012)}L${n(x - w * dice.range(0.8, 1.1))} ${n(ty + height * 0.02)}${left}`;
  }
  return `M${n(x)} ${n(y - height)}${right}L${n(x + spread * 0.1)} ${n(y)}L${n(x - spread * 0.1)} ${n(y)}${left}z`;
}

/** A broad-leaved tree: a trunk and a crown of overlapping clumps; answers both, the crown's light side apart. */
export function broadleaf(
  dice: Dice,
  x: number,
  y: number,
  height: number,
  lightSide: number,
): { trunk: string; crown: string; lit: string } {
  const w = height * 0.055;
  const fork = y - height * 0.42;
  const lean = dice.range(-0.04, 0.04) * height;
  const trunk =
    `M${n(x - w)} ${n(y)}Q${n(x - w * 0.4)} ${n(y - height * 0.2)} ${n(x + lean - w * 0.45)} ${n(fork)}L${n(x + lean - height * 0.16)} ${n(fork - height * 0.2)}l${n(w * 0.4)} ${n(-w * 0.2)}L${n(x + lean)} ${n(fork - height * 0.05)}` +
    `L${n(x + lean + height * 0.15)} ${n(fork - height * 0.22)}l${n(w * 0.4)} ${n(w * 0.2)}L${n(x + lean + w * 0.5)} ${n(fork)}Q${n(x + w * 0.4)} ${n(y - height * 0.2)} ${n(x + w * 1.1)} ${n(y)}z`;
  const crown: string[] = [];
  const lit: string[] = [];
  const cx = x + lean;
  const cy = y - height * 0.66;
  for (let i = 0; i < 26; i += 1) {
    const angle = dice.range(0, Math.PI * 2);
    const reach = dice.next() ** 0.6;
    const px = cx + Math.cos(angle) * reach * height * 0.3;
    const py = cy + Math.sin(angle) * reach * height * 0.22 - height * 0.02;
    const r = height * dice.range(0.06, 0.13);
    crown.push(leafClump(dice, px, py, r));
    if ((px - cx) * lightSide > -height * 0.06 && py < cy + height * 0.06)
      lit.push(leafClump(dice, px + lightSide * r * 0.3, py - r * 0.32, r * 0.62));
  }
  return { trunk, crown: crown.join(""), lit: lit.join("") };
}

function leafClump(dice: Dice, x: number, y: number, r: number): string {
  const points = 9;
  let d = "";
  for (let i = 0; i <= points; i += 1) {
    const angle = (i / points) * Math.PI * 2;
    const reach = r * (i % 2 ? 1.08 : 0.9) * dice.range(0.9, 1.1);
    const px = x + Math.cos(angle) * reach;
    const py = y + Math.sin(angle) * reach * 0.85;
    d +=
      i === 0
        ? `M${n(px)} ${n(py)}`
        : `Q${n(x + Math.cos(angle - Math.PI / points) * reach * 1.22)} ${n(y + Math.sin(angle - Math.PI / points) * reach * 1.05)} ${n(px)} ${n(py)}`;
  }
  return `${d}z`;
}

/** A belt of conifers along a line; `at` gives the ground's height. */
export function coniferBelt(
  dice: Dice,
  from: number,
  to: number,
  at: (x: number) => number,
  height: number,
  density: number,
): string {
  const parts: string[] = [];
  for (let x = from; x < to; x += (height / density) * dice.range(0.14, 0.4)) {
    parts.push(conifer(dice, x, at(x) + 4, height * dice.range(0.55, 1.1)));
  }
  return parts.join("");
}

/** Bare trunks with a few short boughs, for a wood seen from within. */
export function trunks(dice: Dice, from: number, to: number, y: number, width: number, gap: number): string {
  const parts: string[] = [];
  for (let x = from + dice.range(0, gap); x < to; x += gap * dice.range(0.5, 1.6)) {
    const w = width * dice.range(0.55, 1.25);
    const lean = dice.range(-30, 30);
    parts.push(
      `M${n(x - w * 0.75)} ${n(y)}Q${n(x - w * 0.45)} ${n(y - 90)} ${n(x - w * 0.4 + lean * 0.4)} ${n(y * 0.4)}L${n(x - w * 0.25 + lean)} -10H${n(x + w * 0.25 + lean)}L${n(x + w * 0.4 + lean * 0.4)} ${n(y * 0.4)}Q${n(x + w * 0.45)} ${n(y - 90)} ${n(x + w * 0.85)} ${n(y)}z`,
    );
    for (let k = 0; k < 3; k += 1) {
      const by = y * dice.range(0.12, 0.62);
      const side = dice.chance(0.5) ? 1 : -1;
      const reach = w * dice.range(1.2, 3.4);
      parts.push(
        `M${n(x + lean * 0.5)} ${n(by)}Q${n(x + side * reach * 0.6)} ${n(by - reach * 0.25)} ${n(x + side * reach)} ${n(by - reach * 0.7)}L${n(x + side * reach * 0.55)} ${n(by - reach * 0.14)}L${n(x + lean * 0.5)} ${n(by + w * 0.25)}z`,
      );
    }
  }
  return parts.join("");
}

/** Tufts of grass along a line. */
export function grass(
  dice: Dice,
  from: number,
  to: number,
  at: (x: number) => number,
  height: number,
  step: number,
): string {
  const parts: string[] = [];
  for (let x = from; x < to; x += step * dice.range(0.4, 1.6)) {
    const y = at(x);
    const h = height * dice.range(0.35, 1);
    const bend = dice.range(-0.5, 0.6) * h;
    parts.push(
      `M${n(x)} ${n(y + 3)}Q${n(x + bend * 0.2)} ${n(y - h * 0.6)} ${n(x + bend)} ${n(y - h)}Q${n(x + bend * 0.35 + 3)} ${n(y - h * 0.5)} ${n(x + 4)} ${n(y + 3)}z`,
    );
  }
  return parts.join("");
}

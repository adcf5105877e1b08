import glyphs from "../caption-glyphs.json";

const outlines = glyphs.glyphs as unknown as Record<string, readonly [advance: number, outline: string]>;
/** Units of an em in the outlines. */
const em = 1000;

interface Word {
  text: string;
  /** In ems. */
  width: number;
}

export interface TextBlock {
  /** SVG, with its baseline of the first line at 0, 0. */
  svg: string;
  lines: number;
  width: number;
}

/**
 * Sets text in glyph outlines that ship with the program, since a machine may have no fonts. Characters it has no
 * outline for are set as soft bars of their length, as a layout shows text that is not there yet.
 */
export function setText(
  text: string,
  wish: { size: number; width: number; maxLines: number; lead?: number; spacing?: number },
): TextBlock {
  const { size, maxLines, lead = 1.36, spacing = 0 } = wish;
  const limit = wish.width / size;
  const words = clean(text).map((word): Word => ({ text: word, width: widthOf(word, spacing) }));
  const space = widthOf(" ", spacing);
  const lines = breakLines(words, limit, maxLines, space);
  const svg = lines.map((line, i) => setLine(line, i * size * lead, size, spacing)).join("");
  const width =
    Math.max(0, ...lines.map((line) => line.reduce((sum, word) => sum + word.width + space, -space))) * size;
  return { svg, lines: lines.length, width };
}

/** Lines of about equal length; what has no room ends in dots. */
function breakLines(words: readonly Word[], limit: number, maxLines: number, space: number): Word[][] {
  const wide = fill(words, limit, space);
  if (wide.length > maxLines) {
    const kept = wide.slice(0, maxLines);
    endWithDots(kept.at(-1) ?? [], limit, space);
    return kept;
  }
  for (let narrower = 0.5; narrower < 1 && wide.length > 1; narrower += 0.05) {
    const even = fill(words, limit * narrower, space);
    if (even.length === wide.length) return even;
  }
  return wide;
}

function fill(words: readonly Word[], limit: number, space: number): Word[][] {
  const lines: Word[][] = [];
  let used = Infinity;
  for (const word of words) {
    used += space + word.width;
    if (used <= limit) lines.at(-1)?.push(word);
    else {
      lines.push([word]);
      used = word.width;
    }
  }
  return lines;
}

/** Words without control and invisible characters; scripts without spaces are cut into short runs. */
function clean(text: string): string[] {
  return text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{M}]/gu, " ")
    .split(/\s+/)
    .flatMap((word) => (isKnown(word) ? [word] : (word.match(/.{1,6}/gsu) ?? [])))
    .filter((word) => word !== "");
}

function isKnown(word: string): boolean {
  return Array.from(word).every((char) => Object.hasOwn(outlines, char));
}

function widthOf(word: string, spacing: number): number {
  return Array.from(word).reduce((sum, char) => sum + (outlines[char]?.[0] ?? 900) / em + spacing, 0);
}

function endWithDots(line: Word[], limit: number, space: number): void {
  const dots = widthOf("…", 0);
  const total = () => line.reduce((sum, word) => sum + word.width + space, 0) + dots;
  while (line.length > 1 && total() > limit) line.pop();
  const last = line.pop();
  if (last) line.push({ text: `${last.text.replace(/[\p{P}]+$/u, "")}…`, width: last.width + dots });
}

function setLine(line: readonly Word[], y: number, size: number, spacing: number): string {
  const scale = size / em;
  let x = 0;
  let svg = "";
  for (const { text, width } of line) {
    if (isKnown(text)) {
      for (const char of text) {
        const [advance = 0, outline = ""] = outlines[char] ?? [];
        if (outline)
          svg += `<path transform="translate(${fixed(x * size)} ${fixed(y)}) scale(${fixed(scale)})" d="${outline}"/>`;
        x += advance / em + spacing;
      }
    } else {
      svg += `<rect x="${fixed(x * size)}" y="${fixed(y - size * 0.56)}" width="${fixed((width - 0.12) * size)}" height="${fixed(size * 0.44)}" rx="${fixed(size * 0.22)}" fill-opacity="0.55"/>`;
      x += width;
    }
    x += (outlines[" "]?.[0] ?? 270) / em + spacing;
  }
  return svg;
}

function fixed(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

import { slug } from "./slug";

/** Characters of a picture's name with its ending: every editor and file system takes them. */
const NAME = 80;
/** Of these, at most so many for the section. */
const SECTION = 28;
/** Characters of a ZIP's name without its ending. */
const ZIP_NAME = 120;

interface NamedShot {
  /** Its place on the whole board, from 1. */
  number: number;
  sectionTitle: string;
  text: string;
}

/**
 * Name of a shot's picture in an editor's bin: `001_section-slug_first-words.png`. Names sort in board order, and no
 * two shots of a board have the same, since each begins with its number.
 * @param total shots on the whole board: 1,000 and more need a longer number
 */
export function pictureFileName({ number, sectionTitle, text }: NamedShot, total: number): string {
  const digits = Math.max(3, String(total).length);
  const start = [String(number).padStart(digits, "0"), slug(sectionTitle, SECTION)].filter(Boolean).join("_");
  const words = slug(text, NAME - start.length - "_.png".length);
  return `${[start, words].filter(Boolean).join("_")}.png`;
}

/** Name of the ZIP as people read it: what it holds, in whatever script, without what a file system refuses. */
export function zipFileName(projectName: string, part: string | null): string {
  const name = [projectName, part ?? "pictures"]
    .join(" - ")
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ");
  const cut = Array.from(name).slice(0, ZIP_NAME).join("");
  const clean = cut.replace(/^[ .]+|[ .]+$/g, "") || "pictures";
  // On Windows `con.anything` is the console.
  return `${/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean}.zip`;
}

/** The header that makes a browser store an answer under this name: in ASCII for all, in UTF-8 for those that can. */
export function attachment(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  const ascii = `${slug(fileName.slice(0, dot), NAME) || "pictures"}${fileName.slice(dot)}`;
  const encoded = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

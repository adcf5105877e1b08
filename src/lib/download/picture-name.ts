import { slug } from "./ascii";

/** Characters of a whole name, ending included: editors' bins cut longer ones. */
const MOST = 80;
/** Of which the section takes no more. */
const MOST_SECTION = 24;
const ENDING = ".png";

/**
 * A picture's file name in an editor's bin: `001_section-slug_first-words.png`, ASCII, at most 80 characters. The
 * number is the shot's place on the whole board, so that names sort as the board does and no two are equal.
 * @param number from 1
 * @param total shots of the board: from 1,000 on, numbers have four digits
 */
export function pictureName(
  { number, section, text }: { number: number; section: string; text: string },
  total: number,
): string {
  const digits = String(number).padStart(Math.max(3, String(total).length), "0");
  const head = [digits, slug(section, MOST_SECTION)].filter((part) => part !== "").join("_");
  const words = slug(text, MOST - ENDING.length - head.length - 1);
  return (words === "" ? head : `${head}_${words}`) + ENDING;
}

/** The name of the whole download, without folder: a project's name in ASCII. */
export const downloadName = (project: string): string => `${slug(project, 60) || "shotboard"}.zip`;

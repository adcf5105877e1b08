import { link, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { findRoot } from "@/server/boot/find-root";
import { newId } from "@/server/db/new-id";
import { openPglite } from "@/server/db/open-pglite";
import { projects, sections, sentences, takes } from "@/server/db/schema";
import { imageFile, takeFile } from "@/server/image-store/paths";
import { BOARD_WIDTHS } from "@/server/image-store/thumbnails";
import { writeProse } from "./prose";

/** Sentences of a section. */
const SECTION = 100;
/** Rows of one insert. */
const ROWS = 500;
/** Shots at the start that have a second take. */
const WITH_TWO = 5;

/** A picture as a take has it, and its thumbnails, made once and linked to wherever one belongs. */
async function makePictures(folder: string) {
  const picture = join(folder, "picture.png");
  const thumbnail = (width: number) => join(folder, `picture-${width}.webp`);
  const noise = { type: "gaussian" as const, mean: 110, sigma: 25 };
  const create = { width: 120, height: 68, channels: 3 as const, background: "grey", noise };
  const small = await sharp({ create }).png().toBuffer();
  const whole = await sharp(small).resize({ width: 1920, height: 1088, fit: "fill" }).png().toBuffer();
  await writeFile(picture, whole);
  for (const width of BOARD_WIDTHS)
    await sharp(whole).resize({ width }).webp({ quality: 82 }).toFile(thumbnail(width));
  const put = async (source: string, file: string) => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await link(source, join(folder, file));
  };
  return async (file: string) => {
    await put(picture, file);
    for (const width of BOARD_WIDTHS)
      await put(thumbnail(width), `thumbnails/${file.replace(/\.png$/, `-${width}.webp`)}`);
  };
}

/**
 * Fills a data folder that no server has opened yet with projects of so many sentences each, all of them with a
 * prompt of their own and a picture. Answers the projects' ids, in order.
 */
export async function seedBoards(folder: string, counts: readonly number[]): Promise<string[]> {
  const migrations = join(findRoot(import.meta.dirname), "src", "server", "db", "migrations");
  const database = await openPglite({ folder: join(folder, "pglite"), migrations });
  const put = await makePictures(folder);
  const ids: string[] = [];
  try {
    const { db } = database;
    for (const count of counts) {
      const projectId = newId();
      ids.push(projectId);
      await db.insert(projects).values({ id: projectId, name: `Benchmark of ${count}` });
      const write = writeProse(count);
      const parts = Array.from({ length: Math.ceil(count / SECTION) }, (_, position) => ({
        id: newId(),
        projectId,
        title: `Chapter ${position + 1}`,
        position,
      }));
      await db.insert(sections).values(parts);
      const shots: (typeof sentences.$inferInsert)[] = [];
      const pictures: (typeof takes.$inferInsert)[] = [];
      for (let index = 0; index < count; index += 1) {
        const id = newId();
        const takeIds = index < WITH_TWO ? [newId(), newId()] : [newId()];
        const selectedTakeId = takeIds.at(-1)!;
        shots.push({
          id,
          projectId,
          sectionId: parts[Math.floor(index / SECTION)]!.id,
          position: index % SECTION,
          text: write(14),
          imagePrompt: write(20),
          imageFile: imageFile(projectId, id),
          isImageDirty: index % 9 === 0,
          isLocked: index % 13 === 0,
          status: "completed",
          selectedTakeId,
        });
        await put(imageFile(projectId, id));
        for (const takeId of takeIds) {
          const file = takeFile(projectId, takeId);
          await put(file);
          const size = { width: 1920, height: 1088 };
          const made = { modelId: "z-image-turbo", renderer: "comfyui" as const, seed: index };
          pictures.push({ id: takeId, sentenceId: id, file, prompt: write(20), ...size, ...made });
        }
      }
      for (let at = 0; at < shots.length; at += ROWS)
        await db.insert(sentences).values(shots.slice(at, at + ROWS));
      for (let at = 0; at < pictures.length; at += ROWS)
        await db.insert(takes).values(pictures.slice(at, at + ROWS));
    }
  } finally {
    await database.close();
  }
  return ids;
}

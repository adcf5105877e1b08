import { and, asc, desc, eq, inArray, lt, max, or } from "drizzle-orm";
import type { z } from "zod";
import { badRequest, notFound } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type {
  Character,
  characterCreateInput,
  characterReorderInput,
  characterUpdateInput,
} from "@/lib/schemas/character";
import type { Db, Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import {
  characterImages,
  characters,
  projectCast,
  projects,
  sentenceCharacters,
  sentences,
} from "@/server/db/schema";
import { PictureError } from "@/server/image-store/picture-format";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { requireCharacter } from "../require-row";
import { checkIsNotPaintedWith, checkNameInCasts } from "./character-usage";
import { checkWholeOrder } from "./check-order";

type CharacterRow = typeof characters.$inferSelect;

/** Characters as the API shows them, with their reference pictures, the main one first. */
export async function withImages(on: Db | Tx, rows: readonly CharacterRow[]): Promise<Character[]> {
  if (rows.length === 0) return [];
  const images = await on
    .select()
    .from(characterImages)
    .where(
      inArray(
        characterImages.characterId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(desc(characterImages.isMain), asc(characterImages.position), asc(characterImages.id));
  const byCharacter = Map.groupBy(images, (image) => image.characterId);
  return rows.map(({ createdAt, ...row }) => ({
    ...row,
    images: (byCharacter.get(row.id) ?? []).map(({ id, width, height, isMain }) => ({
      id,
      url: `/media/characters/${row.id}/${id}`,
      width,
      height,
      isMain,
    })),
    createdAt: createdAt.toISOString(),
  }));
}

async function readCharacter(on: Db | Tx, id: string): Promise<Character> {
  const [character] = await withImages(on, [await requireCharacter(on, id)]);
  return character!;
}

/** Characters, newest first. */
export async function listCharacters(
  ctx: ServiceContext,
  input: { limit?: number | undefined; cursor?: string | undefined } = {},
) {
  const { db } = ctx.database;
  const from = readCursor(input.cursor);
  const { createdAt, id } = characters;
  const rows = await db
    .select()
    .from(characters)
    .where(from ? or(lt(createdAt, from.at), and(eq(createdAt, from.at), lt(id, from.id))) : undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(pageSize(input.limit) + 1);
  const page = toPage(rows, input.limit, (row) => ({ at: row.createdAt, id: row.id }));
  return { items: await withImages(db, page.items), nextCursor: page.nextCursor };
}

export async function getCharacter(
  ctx: ServiceContext,
  { characterId }: { characterId: string },
): Promise<Character> {
  return readCharacter(ctx.database.db, characterId);
}

export async function createCharacter(
  ctx: ServiceContext,
  input: z.infer<typeof characterCreateInput>,
): Promise<Character> {
  const id = newId();
  await ctx.database.db.insert(characters).values({ ...input, id });
  return readCharacter(ctx.database.db, id);
}

/** Renames a character, describes it anew, or makes another of its pictures the main one. */
export async function updateCharacter(
  ctx: ServiceContext,
  { characterId, mainImageId, ...changes }: z.infer<typeof characterUpdateInput>,
): Promise<Character> {
  await requireCharacter(ctx.database.db, characterId);
  const projectIds = await projectsOfCharacter(ctx.database.db, characterId);
  return changeInputs(ctx, projectIds, async (tx) => {
    if (changes.name !== undefined)
      await checkNameInCasts(tx, { id: characterId, name: changes.name, projectIds }, "name");
    if (Object.values(changes).some((value) => value !== undefined))
      await tx.update(characters).set(changes).where(eq(characters.id, characterId));
    if (mainImageId !== undefined) await setMain(tx, characterId, mainImageId);
    return readCharacter(tx, characterId);
  });
}

/** Deletes a character with its pictures; the shots that used it turn dirty. */
export async function deleteCharacter(
  ctx: ServiceContext,
  { characterId }: { characterId: string },
): Promise<{ id: string }> {
  const character = await requireCharacter(ctx.database.db, characterId);
  await changeInputs(ctx, await projectsOfCharacter(ctx.database.db, characterId), async (tx) => {
    await checkIsNotPaintedWith(tx, character, null, "characterId");
    await tx.delete(characters).where(eq(characters.id, characterId));
  });
  await ctx.images.removeCharacter(characterId);
  return { id: characterId };
}

/** Adds a reference picture (PNG, JPEG or WebP, at most 50 MP); the first one is the main one. */
export async function addCharacterImage(
  ctx: ServiceContext,
  { characterId, bytes }: { characterId: string; bytes: Uint8Array },
): Promise<Character> {
  const { db } = ctx.database;
  const { name } = await requireCharacter(db, characterId);
  if (
    (await db.$count(characterImages, eq(characterImages.characterId, characterId))) >=
    LIMITS.referencesPerCharacter
  )
    throw badRequest(
      "too_many_pictures",
      `${name} has ${LIMITS.referencesPerCharacter} pictures already.`,
      "image",
      "Delete one of them first.",
    );
  const id = newId();
  const stored = await ctx.images.storeReference(characterId, id, bytes).catch((error: unknown) => {
    if (!(error instanceof PictureError)) throw error;
    throw badRequest(
      error.reason,
      error.message,
      "image",
      "Choose a PNG, JPEG or WebP file of at most 50 megapixels.",
    );
  });
  try {
    return await changeInputs(ctx, await projectsOfCharacter(db, characterId), async (tx) => {
      const [last] = await tx
        .select({ position: max(characterImages.position) })
        .from(characterImages)
        .where(eq(characterImages.characterId, characterId));
      const position = (last?.position ?? -1) + 1;
      await tx
        .insert(characterImages)
        .values({ id, characterId, ...stored, position, isMain: position === 0 });
      return readCharacter(tx, characterId);
    });
  } catch (error) {
    await ctx.images.remove(stored.file);
    throw error;
  }
}

/** Puts a character's reference pictures into another order; the main one stays the main one. */
export async function reorderCharacterImages(
  ctx: ServiceContext,
  { characterId, imageIds }: z.infer<typeof characterReorderInput>,
): Promise<Character> {
  return ctx.database.db.transaction(async (tx) => {
    await requireCharacter(tx, characterId);
    const rows = await tx
      .select({ id: characterImages.id })
      .from(characterImages)
      .where(eq(characterImages.characterId, characterId))
      .for("update");
    checkWholeOrder(
      rows.map((row) => row.id),
      imageIds,
      "imageIds",
      "pictures of this character",
    );
    for (const [position, id] of imageIds.entries())
      await tx.update(characterImages).set({ position }).where(eq(characterImages.id, id));
    return readCharacter(tx, characterId);
  });
}

/** Deletes a reference picture; where it was the main one, the next is. */
export async function deleteCharacterImage(
  ctx: ServiceContext,
  { characterId, imageId }: { characterId: string; imageId: string },
): Promise<Character> {
  const { db } = ctx.database;
  const owner = await requireCharacter(db, characterId);
  const image = await requireImage(db, characterId, imageId);
  const character = await changeInputs(ctx, await projectsOfCharacter(db, characterId), async (tx) => {
    await checkIsNotPaintedWith(tx, owner, imageId, "imageId");
    await tx.delete(characterImages).where(eq(characterImages.id, imageId));
    const [next] = await tx
      .select({ id: characterImages.id })
      .from(characterImages)
      .where(eq(characterImages.characterId, characterId))
      .orderBy(asc(characterImages.position));
    if (image.isMain && next)
      await tx.update(characterImages).set({ isMain: true }).where(eq(characterImages.id, next.id));
    return readCharacter(tx, characterId);
  });
  await ctx.images.remove(image.file);
  return character;
}

/** Where a reference picture lies, relative to DATA_DIR. */
export async function getCharacterImageFile(
  ctx: ServiceContext,
  { characterId, imageId }: { characterId: string; imageId: string },
): Promise<string> {
  return (await requireImage(ctx.database.db, characterId, imageId)).file;
}

async function requireImage(on: Db | Tx, characterId: string, imageId: string, field = "imageId") {
  const [image] = await on
    .select()
    .from(characterImages)
    .where(and(eq(characterImages.id, imageId), eq(characterImages.characterId, characterId)));
  if (!image) throw notFound("picture", imageId, field);
  return image;
}

async function setMain(tx: Tx, characterId: string, imageId: string): Promise<void> {
  await requireImage(tx, characterId, imageId, "mainImageId");
  await tx.update(characterImages).set({ isMain: false }).where(eq(characterImages.characterId, characterId));
  await tx.update(characterImages).set({ isMain: true }).where(eq(characterImages.id, imageId));
}

/** Projects that have the character in their cast or on a shot. */
async function projectsOfCharacter(on: Db | Tx, characterId: string): Promise<string[]> {
  const cast = await on
    .select({ id: projectCast.projectId })
    .from(projectCast)
    .where(eq(projectCast.characterId, characterId));
  const shots = await on
    .selectDistinct({ id: projects.id })
    .from(projects)
    .innerJoin(sentences, eq(sentences.projectId, projects.id))
    .innerJoin(sentenceCharacters, eq(sentenceCharacters.sentenceId, sentences.id))
    .where(eq(sentenceCharacters.characterId, characterId));
  return [...new Set([...cast, ...shots].map((row) => row.id))];
}

import { and, eq, inArray, ne } from "drizzle-orm";
import { conflict } from "@/lib/errors";
import type { CharacterUsage } from "@/lib/schemas/character";
import type { Db, Tx } from "@/server/db/database";
import { characters, generationJobs, projectCast, projects, sentenceCharacters } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { isSameName } from "../free-name";
import { requireCharacter } from "../require-row";

/** Where a character is: the projects that have it in their cast, and the shots that it was chosen for by hand. */
export async function getCharacterUsage(
  ctx: ServiceContext,
  { characterId }: { characterId: string },
): Promise<CharacterUsage> {
  const { db } = ctx.database;
  await requireCharacter(db, characterId);
  const cast = await db
    .select({ id: projects.id, name: projects.name })
    .from(projectCast)
    .innerJoin(projects, eq(projects.id, projectCast.projectId))
    .where(eq(projectCast.characterId, characterId))
    .orderBy(projects.name);
  const shots = await db.$count(sentenceCharacters, eq(sentenceCharacters.characterId, characterId));
  return { projects: cast, shots };
}

/**
 * Refuses to take away what is being painted with.
 * @param imageId one of its pictures; any of them where none is named
 * @throws ShotboardError at `field`
 */
export async function checkIsNotPaintedWith(
  tx: Tx,
  character: { id: string; name: string },
  imageId: string | null,
  field: string,
): Promise<void> {
  const open = await tx
    .select({ status: generationJobs.status, input: generationJobs.input, plan: generationJobs.plan })
    .from(generationJobs)
    .where(inArray(generationJobs.status, ["queued", "running"]));
  const count = open.filter(
    ({ status, input, plan }) =>
      (status === "running" &&
        plan?.references.some((one) =>
          imageId === null ? one.characterId === character.id : one.imageId === imageId,
        )) ||
      (imageId === null && input.overrides.characterRefs?.includes(character.id)),
  ).length;
  if (count > 0)
    throw conflict(
      "in_use",
      `${character.name} is a reference of ${count === 1 ? "a picture that is" : `${count} pictures that are`} being painted. Nothing was deleted.`,
      field,
      "Wait until that is done, or cancel it first.",
    );
}

/**
 * Two members of one name would both be found in a shot's text, and nobody could tell them apart there.
 * @throws ShotboardError at `field`
 */
export async function checkNameInCasts(
  on: Db | Tx,
  { id, name, projectIds }: { id: string; name: string; projectIds: readonly string[] },
  field: string,
): Promise<void> {
  if (projectIds.length === 0) return;
  const others = await on
    .select({ name: characters.name, project: projects.name })
    .from(projectCast)
    .innerJoin(characters, eq(characters.id, projectCast.characterId))
    .innerJoin(projects, eq(projects.id, projectCast.projectId))
    .where(and(inArray(projectCast.projectId, [...projectIds]), ne(characters.id, id)));
  const same = others.find((one) => isSameName(one.name, name));
  if (same)
    throw conflict(
      "name_taken",
      `The cast of “${same.project}” has somebody called “${same.name}” already; both would be found in its text.`,
      field,
      "Give one of them another name.",
    );
}

import { and, asc, eq } from "drizzle-orm";
import type { Character } from "@/lib/schemas/character";
import { characters, projectCast } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { requireCharacter, requireProject } from "../require-row";
import { withImages } from "./characters";

/** The characters of a project, in order. */
export async function listCast(
  ctx: ServiceContext,
  { projectId }: { projectId: string },
): Promise<{ items: Character[]; nextCursor: null }> {
  const { db } = ctx.database;
  await requireProject(db, projectId);
  const rows = await db
    .select({ character: characters })
    .from(projectCast)
    .innerJoin(characters, eq(characters.id, projectCast.characterId))
    .where(eq(projectCast.projectId, projectId))
    .orderBy(asc(projectCast.position), asc(characters.id));
  return {
    items: await withImages(
      db,
      rows.map((row) => row.character),
    ),
    nextCursor: null,
  };
}

interface Member {
  projectId: string;
  characterId: string;
}

/** Puts a character into a project's cast; it is found in the text of its shots from now on. */
export async function addToCast(ctx: ServiceContext, { projectId, characterId }: Member) {
  await changeInputs(ctx, [projectId], async (tx) => {
    await requireProject(tx, projectId);
    await requireCharacter(tx, characterId);
    const position = await tx.$count(projectCast, eq(projectCast.projectId, projectId));
    await tx.insert(projectCast).values({ projectId, characterId, position }).onConflictDoNothing();
  });
  return listCast(ctx, { projectId });
}

export async function removeFromCast(ctx: ServiceContext, { projectId, characterId }: Member) {
  await changeInputs(ctx, [projectId], async (tx) => {
    await requireProject(tx, projectId);
    await tx
      .delete(projectCast)
      .where(and(eq(projectCast.projectId, projectId), eq(projectCast.characterId, characterId)));
  });
  return listCast(ctx, { projectId });
}

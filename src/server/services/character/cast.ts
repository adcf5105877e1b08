import { and, asc, eq, max } from "drizzle-orm";
import type { z } from "zod";
import type { castReorderInput, Character } from "@/lib/schemas/character";
import { characters, projectCast } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { requireCharacter, requireProject } from "../require-row";
import { checkNameInCasts } from "./character-usage";
import { withImages } from "./characters";
import { checkWholeOrder } from "./check-order";

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
    const { name } = await requireCharacter(tx, characterId);
    await checkNameInCasts(tx, { id: characterId, name, projectIds: [projectId] }, "characterId");
    const [last] = await tx
      .select({ position: max(projectCast.position) })
      .from(projectCast)
      .where(eq(projectCast.projectId, projectId));
    const position = (last?.position ?? -1) + 1;
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

/** Puts the members of a cast into another order: the one in which they are offered. */
export async function reorderCast(
  ctx: ServiceContext,
  { projectId, characterIds }: z.infer<typeof castReorderInput>,
) {
  await changeInputs(ctx, [projectId], async (tx) => {
    await requireProject(tx, projectId);
    const rows = await tx
      .select({ id: projectCast.characterId })
      .from(projectCast)
      .where(eq(projectCast.projectId, projectId));
    checkWholeOrder(
      rows.map((row) => row.id),
      characterIds,
      "characterIds",
      "members of this cast",
    );
    for (const [position, characterId] of characterIds.entries())
      await tx
        .update(projectCast)
        .set({ position })
        .where(and(eq(projectCast.projectId, projectId), eq(projectCast.characterId, characterId)));
  });
  return listCast(ctx, { projectId });
}

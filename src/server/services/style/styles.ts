import { and, desc, eq, lt, or } from "drizzle-orm";
import type { z } from "zod";
import { conflict } from "@/lib/errors";
import type { Style, StyleCreate, styleDuplicateInput, StyleUpdate } from "@/lib/schemas/style";
import type { Db, Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { visualStyles } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { requireStyle } from "../require-row";
import { checkNameIsFree, nameCopy } from "../free-name";
import { isUsed } from "../usage";
import { checkStyle, checkStyleChange, lockStyle, type StyleRow } from "./check-style";
import { readPreviews } from "./style-previews";
import { projectsOfStyle, readUsage } from "./style-usage";

const toStyle = ({ createdAt, ...row }: StyleRow, previews: ReadonlyMap<string, string>): Style => ({
  ...row,
  previewUrl: previews.get(row.id) ?? null,
  createdAt: createdAt.toISOString(),
});

async function withPreview(on: Db | Tx, row: StyleRow): Promise<Style> {
  return toStyle(row, await readPreviews(on, [row.id]));
}

/** Styles, newest first. */
export async function listStyles(
  ctx: ServiceContext,
  input: { limit?: number | undefined; cursor?: string | undefined } = {},
) {
  const from = readCursor(input.cursor);
  const { createdAt, id } = visualStyles;
  const rows = await ctx.database.db
    .select()
    .from(visualStyles)
    .where(from ? or(lt(createdAt, from.at), and(eq(createdAt, from.at), lt(id, from.id))) : undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(pageSize(input.limit) + 1);
  const page = toPage(rows, input.limit, (row) => ({ at: row.createdAt, id: row.id }));
  const previews = await readPreviews(
    ctx.database.db,
    page.items.map((row) => row.id),
  );
  return { items: page.items.map((row) => toStyle(row, previews)), nextCursor: page.nextCursor };
}

export async function getStyle(ctx: ServiceContext, { styleId }: { styleId: string }): Promise<Style> {
  const { db } = ctx.database;
  return withPreview(db, await requireStyle(db, styleId));
}

export async function createStyle(ctx: ServiceContext, input: StyleCreate): Promise<Style> {
  const id = input.id ?? newId();
  const row = await ctx.database.db.transaction(async (tx) => {
    const [taken] = await tx
      .select({ id: visualStyles.id })
      .from(visualStyles)
      .where(eq(visualStyles.id, id));
    if (taken)
      throw conflict(
        "style_exists",
        `There is a style with the id "${id}" already.`,
        "id",
        "Choose another id.",
      );
    await checkNameIsFree(tx, "style", input.name);
    await checkStyle(tx, {
      styleType: input.styleType,
      loraFile: input.loraFile ?? null,
      compatibleModels: input.compatibleModels ?? [],
    });
    const [made] = await tx
      .insert(visualStyles)
      .values({ ...input, id })
      .returning();
    return made!;
  });
  return toStyle(row, new Map());
}

/** Copies a style under a new name; its pictures stay the original's. */
export async function duplicateStyle(
  ctx: ServiceContext,
  { styleId, name }: z.infer<typeof styleDuplicateInput>,
): Promise<Style> {
  return ctx.database.db.transaction(async (tx) => {
    const { id: _, createdAt: __, ...original } = await requireStyle(tx, styleId);
    if (name !== undefined) await checkNameIsFree(tx, "style", name);
    const [made] = await tx
      .insert(visualStyles)
      .values({ ...original, id: newId(), name: name ?? (await nameCopy(tx, "style", original.name)) })
      .returning();
    return toStyle(made!, new Map());
  });
}

/** Changes a style; the pictures of all shots that use it turn dirty where its prefix or LoRA changed, unless they are kept. */
export async function updateStyle(
  ctx: ServiceContext,
  { styleId, keepPictures, ...changes }: StyleUpdate,
): Promise<Style> {
  await requireStyle(ctx.database.db, styleId);
  const change = async (tx: Tx) => {
    const before = await lockStyle(tx, styleId);
    const { given } = await checkStyleChange(tx, before, changes);
    if (Object.keys(given).length === 0) return withPreview(tx, before);
    const [row] = await tx.update(visualStyles).set(given).where(eq(visualStyles.id, styleId)).returning();
    return withPreview(tx, row!);
  };
  const projectIds = await projectsOfStyle(ctx.database.db, styleId);
  return changeInputs(ctx, projectIds, change, undefined, keepPictures);
}

/** Deletes a style that nothing uses. */
export async function deleteStyle(
  ctx: ServiceContext,
  { styleId }: { styleId: string },
): Promise<{ id: string }> {
  await ctx.database.db.transaction(async (tx) => {
    const style = await lockStyle(tx, styleId);
    const { projects, shots, jobs } = await readUsage(tx, styleId);
    isUsed(`The style "${style.name}"`, "styleId", { projects: projects.length, shots, "open jobs": jobs });
    await tx.delete(visualStyles).where(eq(visualStyles.id, styleId));
  });
  return { id: styleId };
}

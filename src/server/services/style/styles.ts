import { and, count, desc, eq, inArray, lt, or } from "drizzle-orm";
import { badRequest, conflict } from "@/lib/errors";
import type { Style, StyleCreate, StyleUpdate } from "@/lib/schemas/style";
import type { Db, Tx } from "@/server/db/database";
import { newId } from "@/server/db/new-id";
import { generationModels, projects, sentences, visualStyles } from "@/server/db/schema";
import { changeInputs } from "../change-inputs";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { requireStyle } from "../require-row";
import { isUsed } from "../usage";

type StyleRow = typeof visualStyles.$inferSelect;

const toStyle = ({ createdAt, ...row }: StyleRow): Style => ({ ...row, createdAt: createdAt.toISOString() });

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
  return { items: page.items.map(toStyle), nextCursor: page.nextCursor };
}

export async function getStyle(ctx: ServiceContext, { styleId }: { styleId: string }): Promise<Style> {
  return toStyle(await requireStyle(ctx.database.db, styleId));
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
  return toStyle(row);
}

/** Changes a style; the pictures of all shots that use it turn dirty where its prefix or LoRA changed. */
export async function updateStyle(ctx: ServiceContext, { styleId, ...changes }: StyleUpdate): Promise<Style> {
  await requireStyle(ctx.database.db, styleId);
  return changeInputs(ctx, await projectsOfStyle(ctx.database.db, styleId), async (tx) => {
    const before = await requireStyle(tx, styleId);
    await checkStyle(tx, { ...before, ...defined(changes) });
    if (Object.keys(defined(changes)).length === 0) return toStyle(before);
    const [row] = await tx.update(visualStyles).set(changes).where(eq(visualStyles.id, styleId)).returning();
    return toStyle(row!);
  });
}

/** Deletes a style that nothing uses. */
export async function deleteStyle(
  ctx: ServiceContext,
  { styleId }: { styleId: string },
): Promise<{ id: string }> {
  await ctx.database.db.transaction(async (tx) => {
    const style = await requireStyle(tx, styleId);
    const [inProjects] = await tx
      .select({ count: count() })
      .from(projects)
      .where(eq(projects.styleId, styleId));
    const [inShots] = await tx
      .select({ count: count() })
      .from(sentences)
      .where(eq(sentences.styleId, styleId));
    isUsed(`The style "${style.name}"`, "styleId", { projects: inProjects!.count, shots: inShots!.count });
    await tx.delete(visualStyles).where(eq(visualStyles.id, styleId));
  });
  return { id: styleId };
}

async function checkStyle(
  tx: Tx,
  style: Pick<Style, "styleType" | "loraFile" | "compatibleModels">,
): Promise<void> {
  if (style.styleType === "lora" && style.loraFile === null)
    throw badRequest(
      "lora_without_file",
      "A LoRA style needs the name of its LoRA file.",
      "loraFile",
      "Name the file as ComfyUI's models/loras folder has it.",
    );
  if (style.compatibleModels.length === 0) return;
  const rows = await tx
    .select({ id: generationModels.id })
    .from(generationModels)
    .where(inArray(generationModels.id, style.compatibleModels));
  const known = new Set(rows.map((row) => row.id));
  const index = style.compatibleModels.findIndex((id) => !known.has(id));
  if (index >= 0)
    throw badRequest(
      "model_not_found",
      `There is no model with the id "${style.compatibleModels[index]}".`,
      `compatibleModels.${index}`,
    );
}

const defined = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Projects with shots that use this style. */
async function projectsOfStyle(on: Db | Tx, styleId: string): Promise<string[]> {
  const own = await on.select({ id: projects.id }).from(projects).where(eq(projects.styleId, styleId));
  const shots = await on
    .selectDistinct({ id: sentences.projectId })
    .from(sentences)
    .where(eq(sentences.styleId, styleId));
  return [...new Set([...own, ...shots].map((row) => row.id))];
}

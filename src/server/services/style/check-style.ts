import { eq, inArray } from "drizzle-orm";
import { badRequest, notFound } from "@/lib/errors";
import type { Style, StyleUpdate } from "@/lib/schemas/style";
import type { Tx } from "@/server/db/database";
import { generationModels, visualStyles } from "@/server/db/schema";
import { checkNameIsFree } from "../free-name";

export type StyleRow = typeof visualStyles.$inferSelect;

/** A style's row, which nobody else changes, deletes or begins to use until the transaction ends. */
export async function lockStyle(tx: Tx, styleId: string): Promise<StyleRow> {
  const [row] = await tx.select().from(visualStyles).where(eq(visualStyles.id, styleId)).for("update");
  if (!row) throw notFound("style", styleId, "styleId");
  return row;
}

/**
 * A style as it would be after a change, checked.
 * @returns what is changed, and the whole row with it
 * @throws ShotboardError at the field that stands in the way
 */
export async function checkStyleChange(
  tx: Tx,
  before: StyleRow,
  changes: Omit<StyleUpdate, "styleId">,
): Promise<{ given: Partial<StyleRow>; after: StyleRow }> {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<StyleRow>;
  if (given.name !== undefined) await checkNameIsFree(tx, "style", given.name, before.id);
  const after = { ...before, ...given };
  await checkStyle(tx, after);
  return { given, after };
}

/** @throws ShotboardError where a LoRA style has no file, or a model is named that is not there */
export async function checkStyle(
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

import type { PlanStyle } from "@/lib/plan/plan";
import type { Foresight } from "@/lib/schemas/common";
import type { StyleUpdate } from "@/lib/schemas/style";
import { changing, foreseeDirty } from "@/server/generation/foresee-dirty";
import type { ServiceContext } from "../context";
import { requireStyle } from "../require-row";
import { checkStyleChange } from "./check-style";
import { projectsOfStyle } from "./style-usage";

/**
 * How many shots a change of a style would make dirty; nothing is changed.
 * @throws ShotboardError where the change itself would be refused, at the same field
 */
export async function foreseeStyle(
  ctx: ServiceContext,
  { styleId, ...changes }: StyleUpdate,
): Promise<Foresight> {
  const { db } = ctx.database;
  const { after } = await db.transaction(async (tx) =>
    checkStyleChange(tx, await requireStyle(tx, styleId), changes),
  );
  const styles = changing<string, PlanStyle>(styleId, after);
  return foreseeDirty(ctx, await projectsOfStyle(db, styleId), (inputs) => ({
    ...inputs,
    styles: styles(inputs.styles),
  }));
}

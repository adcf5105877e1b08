import type { Foresight } from "@/lib/schemas/common";
import type { StyleUpdate } from "@/lib/schemas/style";
import { foreseeDirty } from "@/server/generation/foresee-dirty";
import type { ServiceContext } from "../context";
import { requireStyle } from "../require-row";
import { projectsOfStyle } from "./style-usage";

/** How many shots a change of a style would make dirty; nothing is changed. */
export async function foreseeStyle(
  ctx: ServiceContext,
  { styleId, ...changes }: StyleUpdate,
): Promise<Foresight> {
  const { db } = ctx.database;
  const before = await requireStyle(db, styleId);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after = { ...before, ...given };
  return foreseeDirty(ctx, await projectsOfStyle(db, styleId), (inputs) => ({
    ...inputs,
    styles: new Map(inputs.styles).set(styleId, after),
  }));
}

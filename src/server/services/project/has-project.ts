import { eq } from "drizzle-orm";
import { idSchema } from "@/lib/schemas/common";
import { projects } from "@/server/db/schema";
import type { ServiceContext } from "../context";

/** Whether there is a project of this id; what is no id names none. */
export async function hasProject(ctx: ServiceContext, id: string): Promise<boolean> {
  if (!idSchema.safeParse(id).success) return false;
  const { db } = ctx.database;
  const rows = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, id));
  return rows.length > 0;
}

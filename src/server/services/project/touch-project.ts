import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/server/db/database";
import { projects } from "@/server/db/schema";

/**
 * Notes that a project was edited now. To be called before any other row of it is locked: whoever changes inputs
 * takes the project first, too.
 */
export async function touchProject(tx: Tx, projectId: string): Promise<void> {
  await tx
    .update(projects)
    .set({ updatedAt: sql`now()` })
    .where(eq(projects.id, projectId));
}

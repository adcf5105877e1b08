import { inArray, sql } from "drizzle-orm";
import { rowsOf, type Db, type Tx } from "@/server/db/database";
import { sentences, takes } from "@/server/db/schema";

/** Addresses of the newest picture made in each of these styles; styles without one are left out. */
export async function readPreviews(on: Db | Tx, styleIds: readonly string[]): Promise<Map<string, string>> {
  if (styleIds.length === 0) return new Map();
  const result = await on.execute(sql`
    select distinct on (t.style_id) t.style_id as "styleId", t.id, s.project_id as "projectId"
    from ${takes} t join ${sentences} s on s.id = t.sentence_id
    where ${inArray(sql`t.style_id`, [...styleIds])}
    order by t.style_id, t.created_at desc, t.id desc`);
  const rows = rowsOf<{ styleId: string; id: string; projectId: string }>(result);
  return new Map(
    rows.map(({ styleId, id, projectId }) => [styleId, `/media/projects/${projectId}/takes/${id}.png`]),
  );
}

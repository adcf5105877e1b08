import { inArray, sql } from "drizzle-orm";
import { rowsOf, type Db, type Tx } from "@/server/db/database";
import { sentences, takes, visualStyles } from "@/server/db/schema";

/** Addresses of the newest picture made in each of these styles; styles without one are left out. */
export async function readPreviews(on: Db | Tx, styleIds: readonly string[]): Promise<Map<string, string>> {
  if (styleIds.length === 0) return new Map();
  // A look into the index for each style: a style with thousands of pictures costs no more than one with two.
  const result = await on.execute(sql`
    select v.id as "styleId", newest.id, newest.project_id as "projectId"
    from ${visualStyles} v cross join lateral (
      select t.id, s.project_id from ${takes} t join ${sentences} s on s.id = t.sentence_id
      where t.style_id = v.id order by t.created_at desc, t.id desc limit 1
    ) newest
    where ${inArray(sql`v.id`, [...styleIds])}`);
  const rows = rowsOf<{ styleId: string; id: string; projectId: string }>(result);
  return new Map(
    rows.map(({ styleId, id, projectId }) => [styleId, `/media/projects/${projectId}/takes/${id}.png`]),
  );
}

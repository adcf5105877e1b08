import { inArray, sql } from "drizzle-orm";
import { rowsOf, type Db, type Tx } from "@/server/db/database";
import { sentences, takes as takeRows, visualStyles } from "@/server/db/schema";
import { readTestPictures } from "../test-pictures";

/** Addresses of the newest picture of each of these styles, of a shot or a test; styles without one are left out. */
export async function readPreviews(on: Db | Tx, styleIds: readonly string[]): Promise<Map<string, string>> {
  if (styleIds.length === 0) return new Map();
  // A look into the index for each style: a style with thousands of pictures costs no more than one with two.
  const result = await on.execute(sql`
    select v.id as "styleId", newest.id, newest.project_id as "projectId", newest.created_at as "at"
    from ${visualStyles} v cross join lateral (
      select t.id, s.project_id, t.created_at from ${takeRows} t join ${sentences} s on s.id = t.sentence_id
      where t.style_id = v.id and t.deleted_at is null order by t.created_at desc, t.id desc limit 1
    ) newest
    where ${inArray(sql`v.id`, [...styleIds])}`);
  const rows = rowsOf<{ styleId: string; id: string; projectId: string; at: string | Date }>(result);
  const takes = new Map(rows.map((row) => [row.styleId, row]));
  const tests = await readTestPictures(on, "style", styleIds);
  return new Map(
    styleIds.flatMap((styleId): [string, string][] => {
      const take = takes.get(styleId);
      const test = tests.get(styleId);
      if (test && (!take || test.at > new Date(take.at))) return [[styleId, test.url]];
      return take ? [[styleId, `/media/projects/${take.projectId}/takes/${take.id}.png`]] : [];
    }),
  );
}

import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { ProjectCard } from "@/lib/schemas/project";
import { rowsOf } from "@/server/db/database";
import { projects, sections, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, toPage } from "../pages";
import { toProjectFields } from "./get-project";

interface Counts {
  id: string;
  sentenceCount: number;
  pictureCount: number;
  dirtyCount: number;
  generatingCount: number;
  failedCount: number;
}

/** Projects as cards, newest first. */
export async function listProjects(
  ctx: ServiceContext,
  input: { limit?: number | undefined; cursor?: string | undefined } = {},
): Promise<{ items: ProjectCard[]; nextCursor: string | null }> {
  const { db } = ctx.database;
  const from = readCursor(input.cursor);
  const rows = await db
    .select()
    .from(projects)
    .where(
      from
        ? or(lt(projects.createdAt, from.at), and(eq(projects.createdAt, from.at), lt(projects.id, from.id)))
        : undefined,
    )
    .orderBy(desc(projects.createdAt), desc(projects.id))
    .limit(pageSize(input.limit) + 1);
  const page = toPage(rows, input.limit, (row) => ({ at: row.createdAt, id: row.id }));
  const ids = page.items.map((row) => row.id);
  const [counts, pictures] =
    ids.length === 0
      ? [new Map<string, Counts>(), new Map<string, string[]>()]
      : await Promise.all([readCounts(ctx, ids), readPictures(ctx, ids)]);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((row) => {
      const { id: _, ...own } = counts.get(row.id) ?? {
        id: row.id,
        sentenceCount: 0,
        pictureCount: 0,
        dirtyCount: 0,
        generatingCount: 0,
        failedCount: 0,
      };
      return { ...toProjectFields(row), ...own, pictureUrls: pictures.get(row.id) ?? [] };
    }),
  };
}

async function readCounts({ database }: ServiceContext, ids: string[]): Promise<Map<string, Counts>> {
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`(count(*) filter (where ${condition}))::int`;
  const rows = await database.db
    .select({
      id: sentences.projectId,
      sentenceCount: sql<number>`count(*)::int`,
      pictureCount: count(sql`${sentences.imageFile} is not null`),
      dirtyCount: count(sql`${sentences.imageFile} is not null and ${sentences.isImageDirty}`),
      generatingCount: count(sql`${sentences.status} = 'generating'`),
      failedCount: count(sql`${sentences.status} = 'failed'`),
    })
    .from(sentences)
    .where(and(inArray(sentences.projectId, ids), sql`${sentences.shelvedAt} is null`))
    .groupBy(sentences.projectId);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readPictures({ database }: ServiceContext, ids: string[]): Promise<Map<string, string[]>> {
  const result = await database.db.execute(sql`
    select project_id as "projectId", id, selected_take_id as "takeId" from (
      select s.project_id, s.id, s.selected_take_id,
        row_number() over (partition by s.project_id order by c.position, c.id, s.position, s.id) as place
      from ${sentences} s join ${sections} c on c.id = s.section_id
      where ${inArray(sql`s.project_id`, ids)} and s.image_file is not null and s.shelved_at is null
    ) ranked where place <= 4 order by project_id, place`);
  const rows = rowsOf<{ projectId: string; id: string; takeId: string | null }>(result);
  return new Map(
    [...Map.groupBy(rows, (row) => row.projectId)].map(([projectId, some]) => [
      projectId,
      some.map((row) => `/media/projects/${projectId}/images/${row.id}.png?v=${row.takeId ?? "0"}`),
    ]),
  );
}

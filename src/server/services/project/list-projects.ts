import { and, asc, desc, gt, inArray, lt, or, sql, type SQL } from "drizzle-orm";
import type { ProjectCard, ProjectList } from "@/lib/schemas/project";
import { rowsOf } from "@/server/db/database";
import { batches, projects, sections, sentences } from "@/server/db/schema";
import type { ServiceContext } from "../context";
import { pageSize, readCursor, readNameCursor, toPage } from "../pages";
import { toProjectFields } from "./get-project";

interface Counts {
  id: string;
  sentenceCount: number;
  pictureCount: number;
  dirtyCount: number;
  generatingCount: number;
  failedCount: number;
}

/** When a project was edited or painted last. */
const changedAt = sql<Date>`greatest(${projects.updatedAt}, (select max(${batches.createdAt}) from ${batches} where ${batches.projectId} = ${projects.id}))`;
/** Upper and lower case together, and in the same order on every database. */
const byName = sql<string>`lower(${projects.name}) collate "C"`;

/** Projects as cards, newest first unless another order is asked for. */
export async function listProjects(
  ctx: ServiceContext,
  { limit, cursor, search = "", sort = "newest" }: ProjectList = {},
): Promise<{ items: ProjectCard[]; nextCursor: string | null }> {
  const { db } = ctx.database;
  const words = search.trim();
  const found = words === "" ? undefined : sql`position(lower(${words}) in lower(${projects.name})) > 0`;
  const read = (after: SQL | undefined, ...order: SQL[]) =>
    db
      .select({ project: projects, changedAt: changedAt.mapWith(projects.updatedAt), byName })
      .from(projects)
      .where(and(found, after))
      .orderBy(...order)
      .limit(pageSize(limit) + 1);
  const rows = sort === "name" ? await readByName(read, cursor) : await readByTime(read, cursor, sort);
  const page = toPage(rows, limit, (row) =>
    sort === "name"
      ? { name: row.byName, id: row.project.id }
      : { at: sort === "newest" ? row.project.createdAt : row.changedAt, id: row.project.id },
  );
  const ids = page.items.map((row) => row.project.id);
  const [counts, pictures] =
    ids.length === 0
      ? [new Map<string, Counts>(), new Map<string, string[]>()]
      : await Promise.all([readCounts(ctx, ids), readPictures(ctx, ids)]);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ project: row }) => {
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

type Read<T> = (after: SQL | undefined, ...order: SQL[]) => Promise<T[]>;

async function readByName<T>(read: Read<T>, cursor: string | undefined): Promise<T[]> {
  const from = readNameCursor(cursor);
  const after = from
    ? or(sql`${byName} > ${from.name}`, and(sql`${byName} = ${from.name}`, gt(projects.id, from.id)))
    : undefined;
  return read(after, asc(byName), asc(projects.id));
}

async function readByTime<T>(
  read: Read<T>,
  cursor: string | undefined,
  sort: "newest" | "changed",
): Promise<T[]> {
  const from = readCursor(cursor);
  const time = sort === "newest" ? sql`${projects.createdAt}` : changedAt;
  const at = from && sql`${from.at.toISOString()}::timestamptz`;
  const after = from
    ? or(sql`${time} < ${at}`, and(sql`${time} = ${at}`, lt(projects.id, from.id)))
    : undefined;
  return read(after, desc(time), desc(projects.id));
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

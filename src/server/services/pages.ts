import { badRequest } from "@/lib/errors";
import { z } from "zod";
import { LIMITS } from "@/lib/limits";
import { idSchema } from "@/lib/schemas/common";

/** As `toISOString` writes a year that PostgreSQL knows too. */
const timeOfRow = z.iso.datetime({ precision: 3 }).startsWith("2");

/** A page of a list that is sorted by a time and an id, newest first: where the next one begins. */
export interface Place {
  at: Date;
  id: string;
}

/** @throws ShotboardError for a cursor that no page gave */
export function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at = "", id] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  if (!timeOfRow.safeParse(at).success || !idSchema.safeParse(id).success) throw badCursor();
  return { at: new Date(at), id: id! };
}

/** A page of a list that is sorted by a name and an id: where the next one begins. */
export interface NamePlace {
  name: string;
  id: string;
}

/** @throws ShotboardError for a cursor that no page gave */
export function readNameCursor(cursor: string | undefined): NamePlace | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const at = text.indexOf(" ");
  const id = text.slice(0, at);
  if (!idSchema.safeParse(id).success || text.includes("\u0000")) throw badCursor();
  return { id, name: text.slice(at + 1) };
}

const writeNameCursor = ({ id, name }: NamePlace): string =>
  Buffer.from(`${id} ${name}`).toString("base64url");

const badCursor = () =>
  badRequest(
    "bad_cursor",
    "This cursor is not one that a list gave.",
    "cursor",
    "Leave it out to begin at the start.",
  );

/** One page of rows, read with one row more than `limit` to know whether there is a next one. */
export function toPage<T>(
  rows: T[],
  limit: number | undefined,
  placeOf: (row: T) => Place | NamePlace,
): { items: T[]; nextCursor: string | null } {
  const size = pageSize(limit);
  const items = rows.slice(0, size);
  const last = items.at(-1);
  if (rows.length <= size || last === undefined) return { items, nextCursor: null };
  const place = placeOf(last);
  const cursor =
    "name" in place
      ? writeNameCursor(place)
      : Buffer.from(`${place.at.toISOString()} ${place.id}`).toString("base64url");
  return { items, nextCursor: cursor };
}

export const pageSize = (limit: number | undefined): number => limit ?? LIMITS.pageSize;

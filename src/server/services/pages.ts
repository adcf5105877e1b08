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
  if (!timeOfRow.safeParse(at).success || !idSchema.safeParse(id).success)
    throw badRequest(
      "bad_cursor",
      "This cursor is not one that a list gave.",
      "cursor",
      "Leave it out to begin at the start.",
    );
  return { at: new Date(at), id: id! };
}

/** One page of rows, read with one row more than `limit` to know whether there is a next one. */
export function toPage<T>(
  rows: T[],
  limit: number | undefined,
  placeOf: (row: T) => Place,
): { items: T[]; nextCursor: string | null } {
  const size = pageSize(limit);
  const items = rows.slice(0, size);
  const last = items.at(-1);
  if (rows.length <= size || last === undefined) return { items, nextCursor: null };
  const { at, id } = placeOf(last);
  return { items, nextCursor: Buffer.from(`${at.toISOString()} ${id}`).toString("base64url") };
}

export const pageSize = (limit: number | undefined): number => limit ?? LIMITS.pageSize;

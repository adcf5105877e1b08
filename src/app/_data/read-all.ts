interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A whole list, read page by page. */
export async function readAll<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

/** The input of a list that is read on at a cursor. */
export const at = (cursor: string | undefined) => (cursor === undefined ? undefined : { cursor });

import { randomUUID } from "node:crypto";
import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Bytes of a large file after which is looked again whether there is room for as many more. */
const LOOK_EVERY = 16 * 1024 * 1024;

/**
 * Writes that many bytes into a folder, syncs and removes them: whether something can be stored there now.
 * @param keepFree bytes that must be free besides
 * @throws what the system says (`ENOSPC`, `EACCES`, …)
 */
export async function probeRoom(folder: string, bytes: number, keepFree: number): Promise<void> {
  await requireRoom(folder, bytes, keepFree);
  const path = join(folder, `room.${randomUUID()}.tmp`);
  try {
    const file = await open(path, "wx");
    try {
      // Not zeros, which some file systems store without taking room.
      await file.writeFile(Buffer.alloc(bytes, "room"));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * Refuses to take the last room of a disk, as a full one would.
 * @param bytes that are to be written
 * @param keepFree bytes that shall be left; 0 = all may be taken
 */
export async function requireRoom(folder: string, bytes: number, keepFree: number): Promise<void> {
  if (keepFree === 0) return;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes >= keepFree) return;
  throw Object.assign(new Error(`ENOSPC: less than ${keepFree} bytes would be left on the disk`), {
    code: "ENOSPC",
  });
}

/** Lets the pieces of a large file through as long as its disk has room for more; throws as `requireRoom` does. */
export async function* whileRoom(
  folder: string,
  pieces: AsyncIterable<Uint8Array>,
  keepFree: number,
): AsyncGenerator<Uint8Array> {
  let unlooked = LOOK_EVERY;
  for await (const piece of pieces) {
    unlooked += piece.length;
    if (unlooked >= LOOK_EVERY) {
      await requireRoom(folder, LOOK_EVERY, keepFree);
      unlooked = 0;
    }
    yield piece;
  }
}

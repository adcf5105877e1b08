import { statfsSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";

const MB = 1024 * 1024;
/**
 * Bytes that must be free for PGlite to be given anything to write. Its log goes on in a new file of 16 MB when one is
 * full, and where that file cannot be made PGlite neither fails nor returns: the whole process would hang for good.
 */
export const DATABASE_NEEDS = 32 * MB;
/** Bytes that pictures leave free beside PGlite: with a disk that they filled, projects can still be deleted. */
export const PICTURES_LEAVE = 48 * MB;

/** ms that a look at the disk is good for. */
const FRESH = 200;
/** PostgreSQL's code for a full disk. */
const DISK_FULL = "53100";
const READS = /^\s*(select|rollback|commit|begin|start|end|set|show|reset|savepoint|release|deallocate)\b/i;
const WITH = /^\s*with\b/i;
const WRITES = /\b(insert|update|delete|merge)\b/i;

/** Whether the disk of a folder has room for the database. */
export function hasRoom(folder: string, needed: number = DATABASE_NEEDS): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= needed;
}

/** As PostgreSQL says it. */
export const noRoomError = (): Error =>
  Object.assign(new Error(`Less than ${DATABASE_NEEDS / MB} MB are free on the disk of the database`), {
    code: DISK_FULL,
  });

/**
 * Refuses statements that write while the disk has too little room, with PostgreSQL's own code; reads go on, and so
 * does the end of a transaction.
 * @param isRoom whether there is room now
 */
export function refuseWithoutRoom(client: PGlite, isRoom: () => boolean): void {
  let lookedAt = -Infinity;
  let wasRoom = true;
  const isRoomNow = () => {
    if (performance.now() - lookedAt < FRESH) return wasRoom;
    wasRoom = isRoom();
    lookedAt = performance.now();
    return wasRoom;
  };
  const run = client.execProtocolRawSync.bind(client);
  client.execProtocolRawSync = (message) => {
    const statement = statementOf(message);
    if (statement !== null && writes(statement) && !isRoomNow()) throw noRoomError();
    return run(message);
  };
}

const writes = (statement: string) =>
  WITH.test(statement) ? WRITES.test(statement) : !READS.test(statement);

/** The SQL in a message of PostgreSQL's protocol: of Parse, behind the statement's name, and of Query. */
function statementOf(message: Uint8Array): string | null {
  const type = String.fromCharCode(message[0] ?? 0);
  if (type !== "P" && type !== "Q") return null;
  const from = type === "Q" ? 5 : message.indexOf(0, 5) + 1;
  return Buffer.from(message.buffer, message.byteOffset, message.length).toString("utf8", from);
}

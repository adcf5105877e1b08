import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const make = `require(process.argv[1]).PGlite.create(process.argv[2]).then((client) => client.close())`;

/**
 * Makes PGlite's folder where it is missing, or was left half made. Another process does it, because making one
 * takes some 300 MB that the process would keep.
 */
export async function makePgdata(pgdata: string): Promise<void> {
  const unfinished = `${pgdata}.unfinished`;
  if (existsSync(pgdata) && !existsSync(unfinished)) return;
  await writeFile(unfinished, "");
  await rm(pgdata, { recursive: true, force: true, maxRetries: 5 });
  const pglite = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  await promisify(execFile)(process.execPath, ["-e", make, pglite, pgdata], { windowsHide: true });
  await rm(unfinished);
}

import { sql } from "drizzle-orm";
import { conflict } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Tx } from "@/server/db/database";
import { generationModels, visualStyles } from "@/server/db/schema";

const TABLES = { model: generationModels, style: visualStyles };

/** Two names that people take for one: blanks around, upper and lower case, and ways to write an accent aside. */
export const isSameName = (a: string, b: string): boolean => fold(a) === fold(b);
const fold = (name: string) => name.normalize("NFC").trim().toLocaleLowerCase("en");

/** Asks one after the other: two at the same moment would both find a name free. */
async function readNames(tx: Tx, what: keyof typeof TABLES) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`shotboard name ${what}`}))`);
  const { id, name } = TABLES[what];
  return tx.select({ id, name }).from(TABLES[what]);
}

/** A free name for a copy: "Noir copy", "Noir copy 2", … */
export async function nameCopy(tx: Tx, what: keyof typeof TABLES, original: string): Promise<string> {
  const taken = await readNames(tx, what);
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? " copy" : ` copy ${number}`;
    const name = original.slice(0, LIMITS.name - ending.length).toWellFormed() + ending;
    if (!taken.some((row) => isSameName(row.name, name))) return name;
  }
}

/**
 * Refuses a name that another model or style has: pickers would show two lines that nobody can tell apart.
 * @param except the id of the thing itself, where it is renamed
 * @throws ShotboardError at `name`
 */
export async function checkNameIsFree(
  tx: Tx,
  what: keyof typeof TABLES,
  name: string,
  except: string | null = null,
): Promise<void> {
  const rows = await readNames(tx, what);
  const taken = rows.find((row) => row.id !== except && isSameName(row.name, name));
  if (taken)
    throw conflict(
      "name_taken",
      `There is a ${what} called “${taken.name}” already.`,
      "name",
      "Choose another name.",
    );
}

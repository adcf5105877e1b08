import { eq } from "drizzle-orm";
import { z } from "zod";
import type { FileChoice } from "@/server/comfyui/check-workflow";
import type { Db, Tx } from "@/server/db/database";
import { settings } from "@/server/db/schema";

const FILE_CHOICES = "server.fileChoices";

const stored = z.array(
  z.object({
    url: z.string(),
    classType: z.string(),
    input: z.string(),
    value: z.string(),
    choice: z.string(),
  }),
);

/** What was chosen, for a server, instead of files that it does not have. */
export async function readFileChoices(on: Db | Tx, url: string): Promise<FileChoice[]> {
  const all = await readAll(on);
  return all.filter((one) => one.url === url).map(({ url: _url, ...choice }) => choice);
}

/** Remembers a choice for a server, in place of an earlier one for the same file; null forgets it. */
export async function writeFileChoice(
  db: Db,
  url: string,
  { choice, ...file }: Omit<FileChoice, "choice"> & { choice: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(settings).values({ key: FILE_CHOICES, value: [] }).onConflictDoNothing();
    // Whoever else chooses at this moment is waited for.
    await tx.select().from(settings).where(eq(settings.key, FILE_CHOICES)).for("update");
    const others = (await readAll(tx)).filter(
      (one) =>
        one.url !== url ||
        one.classType !== file.classType ||
        one.input !== file.input ||
        one.value !== file.value,
    );
    const value = choice === null ? others : [...others, { url, ...file, choice }];
    await tx.update(settings).set({ value }).where(eq(settings.key, FILE_CHOICES));
  });
}

async function readAll(on: Db | Tx): Promise<z.infer<typeof stored>> {
  const [row] = await on.select().from(settings).where(eq(settings.key, FILE_CHOICES));
  return stored.parse(row?.value ?? []);
}

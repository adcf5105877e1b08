import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { loadDotEnv, readEnvironment, SettingError } from "@/server/boot/environment";
import { findRoot } from "@/server/boot/find-root";
import { listBackups, type Backup } from "@/server/db/backup-folder";
import { DATABASE_NEEDS, hasRoom } from "@/server/db/keep-room";
import { FolderInUseError, lockFolder } from "@/server/db/lock-folder";
import { restoreBackup } from "@/server/db/restore-backup";

const USAGE = "npm run restore -- [name of a backup] [--yes] [--list]";

/** Why nothing was done, as a sentence. */
class Refusal extends Error {}

const say = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1e6))} MB`;
const describe = ({ name, at, bytes }: Backup) => `  ${name}   ${at.toLocaleString()}   ${megabytes(bytes)}`;

try {
  process.exitCode = await restore();
} catch (error) {
  const isForPeople = [Refusal, SettingError, FolderInUseError].some((one) => error instanceof one);
  if (!isForPeople) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function restore(): Promise<number> {
  const { wanted, isYes, isList } = readArguments();
  const root = findRoot(import.meta.dirname);
  loadDotEnv(root);
  const { dataDir, databaseUrl } = readEnvironment(root);
  if (databaseUrl !== null)
    throw new Refusal(
      "DATABASE_URL is set: the database is a PostgreSQL, whose backups are made and put back with its own tools (pg_dump, pg_restore). Nothing was changed.",
    );
  const folder = join(dataDir, "pglite");
  const backups = await listBackups(join(dataDir, "backups"));
  if (backups.length === 0)
    throw new Refusal(
      `There is no backup in ${join(dataDir, "backups")}. One is made at a start and every six hours; DATA_DIR says where. Nothing was changed.`,
    );
  say(`Backups of the database in ${folder}, the newest first:\n${backups.map(describe).join("\n")}\n`);
  if (isList) return 0;
  const backup = wanted === null ? backups[0]! : backups.find(({ name }) => name === wanted);
  if (!backup)
    throw new Refusal(`There is no backup named ${wanted}: take one of these. Nothing was changed.`);
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    say(
      `The database becomes what it was on ${backup.at.toLocaleString()} (${backup.name}). What was changed since is not in it;\n` +
        "the present one is moved aside and kept, and no picture is touched.",
    );
    if (!isYes && !(await isConfirmed())) {
      say("Nothing was changed.");
      return 1;
    }
    if (!hasRoom(folder, backup.bytes + DATABASE_NEEDS))
      throw new Refusal(
        `The disk is too full: ${megabytes(backup.bytes + DATABASE_NEEDS)} are needed. Nothing was changed.`,
      );
    const aside = await restoreBackup(folder, join(dataDir, "backups", backup.name));
    say(
      `Done. Start Shotboard with \`npm start\`. Pictures that were made since then are still in the data folder, but no shot names them;\n` +
        "shots that waited then wait again." +
        (aside === null
          ? ""
          : `\nThe former database is in ${folder} as ${basename(aside)}: delete it when all is well.`),
    );
    return 0;
  } finally {
    await lock.release();
  }
}

function readArguments(): { wanted: string | null; isYes: boolean; isList: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { yes: { type: "boolean" }, list: { type: "boolean" } },
    });
    if (positionals.length > 1) throw new TypeError("Expected at most one name.");
    return { wanted: positionals[0] ?? null, isYes: values.yes === true, isList: values.list === true };
  } catch (cause) {
    throw new Refusal(`${(cause as Error).message}\nUsage: ${USAGE}`, { cause });
  }
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Refusal("Nobody can be asked here: add --yes to go on. Nothing was changed.");
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await asking.question("Go on? [y/N] ")).trim());
  } finally {
    asking.close();
  }
}

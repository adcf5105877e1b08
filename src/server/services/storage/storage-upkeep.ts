import type { StorageReport } from "@/lib/schemas/storage";
import type { BackupFolder } from "@/server/db/backup-folder";
import type { ServiceContext } from "../context";
import { expireTakes } from "./expire-takes";
import { sweepStorage, type SweepContext } from "./sweep-storage";

/** ms between two backups while the process runs. */
const BACK_UP_EVERY = 6 * 3_600_000;
/** ms between two looks for takes whose hour after the deletion is over. */
const EXPIRE_EVERY = 60_000;

type UpkeepContext = SweepContext & Pick<ServiceContext, "unshown" | "log">;

const UNSWEPT: Omit<StorageReport, "backups"> = {
  sweptAt: null,
  removedDrafts: 0,
  filesWithoutRows: { count: 0, bytes: 0, some: [] },
  rowsWithoutFiles: { count: 0, some: [] },
};

/**
 * Looks through the data folder once, beside the start; removes deleted takes once they are not to be brought back any
 * more, and backs the database up from time to time. Made by `boot`.
 */
export class StorageUpkeep {
  readonly #ctx: UpkeepContext;
  readonly #backups: BackupFolder | null;
  readonly #startedAt = new Date();
  readonly #stopping = new AbortController();
  #swept = UNSWEPT;
  #work: Promise<void> = Promise.resolve();
  readonly #timers: NodeJS.Timeout[] = [];

  /** @param backups where copies of PGlite's folder lie; null on PostgreSQL */
  constructor(ctx: UpkeepContext, backups: BackupFolder | null) {
    this.#ctx = ctx;
    this.#backups = backups;
  }

  start(): void {
    const expire = () =>
      this.#then("Deleted takes could not be removed", async () => void (await expireTakes(this.#ctx)));
    expire();
    this.#then("The data folder could not be looked through", () => this.#sweep());
    this.#every(EXPIRE_EVERY, expire);
    const { backUp } = this.#ctx.database;
    if (backUp)
      this.#every(BACK_UP_EVERY, () => this.#then("No backup of the database could be made", backUp));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers) clearInterval(timer);
    await this.#work;
  }

  async report(): Promise<StorageReport> {
    const backups = (await this.#backups?.list()) ?? [];
    return { ...this.#swept, backups: backups.map(({ at, bytes }) => ({ at: at.toISOString(), bytes })) };
  }

  #every(ms: number, work: () => void): void {
    this.#timers.push(setInterval(work, ms).unref());
  }

  #then(trouble: string, work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#stopping.signal.aborted ? undefined : work()))
      .catch((error: unknown) => this.#ctx.log.warn(trouble, { error }));
  }

  async #sweep(): Promise<void> {
    const { log } = this.#ctx;
    const swept = await sweepStorage(this.#ctx, this.#startedAt, this.#stopping.signal);
    if (swept === null) return;
    this.#swept = swept;
    const { removedDrafts, filesWithoutRows, rowsWithoutFiles } = swept;
    if (removedDrafts > 0)
      log.info("Unfinished files of an earlier run were removed", { count: removedDrafts });
    if (filesWithoutRows.count > 0)
      log.warn("The data folder has pictures that nothing names; they are kept", { ...filesWithoutRows });
    if (rowsWithoutFiles.count > 0)
      log.warn("Files that the database names are gone from the data folder", {
        count: rowsWithoutFiles.count,
        some: rowsWithoutFiles.some.map(({ file }) => file),
      });
  }
}

import type { StorageReport } from "@/lib/schemas/storage";
import type { BackupFolder } from "@/server/db/backup-folder";
import type { ServiceContext } from "../context";
import { sweepStorage, type SweepContext } from "./sweep-storage";

/** ms between two backups while the process runs. */
const BACK_UP_EVERY = 6 * 3_600_000;

const UNSWEPT: Omit<StorageReport, "backups"> = {
  sweptAt: null,
  removedDrafts: 0,
  filesWithoutRows: { count: 0, bytes: 0, some: [] },
  rowsWithoutFiles: { count: 0, some: [] },
};

/** Looks through the data folder once, beside the start, and backs the database up from time to time. Made by `boot`. */
export class StorageUpkeep {
  readonly #ctx: SweepContext & Pick<ServiceContext, "log">;
  readonly #backups: BackupFolder | null;
  readonly #startedAt = new Date();
  readonly #stopping = new AbortController();
  #swept = UNSWEPT;
  #work: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  /** @param backups where copies of PGlite's folder lie; null on PostgreSQL */
  constructor(ctx: SweepContext & Pick<ServiceContext, "log">, backups: BackupFolder | null) {
    this.#ctx = ctx;
    this.#backups = backups;
  }

  start(): void {
    this.#then("The data folder could not be looked through", () => this.#sweep());
    const { backUp } = this.#ctx.database;
    if (backUp)
      this.#timer = setInterval(
        () => this.#then("No backup of the database could be made", backUp),
        BACK_UP_EVERY,
      ).unref();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer) clearInterval(this.#timer);
    await this.#work;
  }

  async report(): Promise<StorageReport> {
    const backups = (await this.#backups?.list()) ?? [];
    return { ...this.#swept, backups: backups.map(({ at, bytes }) => ({ at: at.toISOString(), bytes })) };
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

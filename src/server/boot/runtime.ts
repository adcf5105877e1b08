import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ShotboardError } from "@/lib/errors";
import { isDatabaseAway } from "@/lib/database-away";
import type { Log } from "@/lib/log";
import { parseServerAddress } from "@/server/comfyui/server-address";
import type { Timings } from "@/server/comfyui/timings";
import { BackupFolder } from "@/server/db/backup-folder";
import type { Database } from "@/server/db/database";
import { PICTURES_LEAVE } from "@/server/db/keep-room";
import { openPglite } from "@/server/db/open-pglite";
import { openPostgres } from "@/server/db/open-postgres";
import { EventHub } from "@/server/events/event-hub";
import { dirtyDemoPictures } from "@/server/generation/dirty";
import { Generation } from "@/server/generation/generation";
import { GENERATION_TIMINGS, type GenerationTimings } from "@/server/generation/generation-context";
import { JobQueue } from "@/server/generation/job-queue";
import { LiveProgress } from "@/server/generation/live-progress";
import { WorkflowLibrary } from "@/server/generation/workflow-library";
import { pathInside } from "@/server/image-store/path-inside";
import { ImageStore } from "@/server/image-store/image-store";
import type { ServerSetting, ServiceContext } from "@/server/services/context";
import { PreparedDownloads } from "@/server/services/download/prepared-downloads";
import { StorageUpkeep } from "@/server/services/storage/storage-upkeep";
import { seedDatabase } from "@/server/services/seed/seed-database";
import { readServers } from "@/server/services/server/stored-servers";
import { welcomeServer } from "@/server/services/welcome-server";
import { ServerConnections } from "./connections";
import { SettingError, trimSlash, type Environment } from "./environment";

export interface RuntimeOptions {
  environment: Environment;
  /** The folder of package.json. */
  root: string;
  log: Log;
  /** An open database to use instead of the environment's; it is closed with the runtime. */
  database?: Database;
  timings?: Partial<GenerationTimings>;
  comfyTimings?: Partial<Timings>;
}

export interface Runtime {
  services: ServiceContext;
  /** Gives back what is under way and closes everything, in order. */
  close(): Promise<void>;
}

/** Opens the database, seeds it, and starts the queue: everything of the server but its doors. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { environment, root, log } = options;
  const { dataDir } = environment;
  await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
    throw new SettingError(
      `The folder of DATA_DIR cannot be used: ${textOf(cause)}. Make it writable, or name another.`,
      { cause },
    );
  });
  refuseLinks(dataDir);
  const migrations = join(root, "src", "server", "db", "migrations");
  const backups = new BackupFolder(join(dataDir, "backups"), log);
  const database = options.database ?? (await openDatabase(environment, migrations, backups));
  const configured = settingsOf(environment);
  const connections = new ServerConnections({
    isFromEnvironment: configured.length > 0,
    log,
    timings: options.comfyTimings,
    onChange: () => generation.followFleet(),
  });
  const events = new EventHub();
  const context = {
    database,
    images: new ImageStore(dataDir, { log, keepFree: database.driver === "pglite" ? PICTURES_LEAVE : 0 }),
    events,
    library: new WorkflowLibrary([join(root, "workflows"), join(dataDir, "workflows")]),
    queue: new JobQueue(database, log),
    live: new LiveProgress(),
    unshown: new Set<string>(),
    fleet: connections.fleet,
    owner: randomUUID(),
    timings: { ...GENERATION_TIMINGS, ...options.timings },
    log,
  };
  const generation = new Generation(context, (url) => welcomeServer(services, url));
  const services: ServiceContext = {
    ...context,
    generation,
    connections,
    downloads: new PreparedDownloads(),
    storage: new StorageUpkeep({ ...context, dataDir }, database.backUp && backups),
    dataDir,
  };
  const close = async () => {
    await services.storage.stop();
    await generation.stop();
    await events.close();
    await connections.close();
    await database.close();
  };
  try {
    await events.connect(database, (error) =>
      log.warn("An event could not be told to other processes", { error }),
    );
    await seedDatabase(services, join(root, "public", "sample"));
    await connections.open(configured.length > 0 ? configured : await readServers(database.db));
    if (!connections.fleet.isDemo) await database.db.transaction(dirtyDemoPictures);
    await generation.start();
    services.storage.start();
  } catch (error) {
    await close().catch((second: unknown) =>
      log.error("Closing after a failed start failed too", { error: second }),
    );
    if (environment.databaseUrl === null || !isDatabaseAway(error)) throw error;
    throw new SettingError(
      `The database of DATABASE_URL was lost while Shotboard started: ${textOf(rootOf(error))}. ` +
        "Start Shotboard again when it is there; nothing is lost.",
      { cause: error },
    );
  }
  return { services, close };
}

/** Nothing is read or written by a link that leads out of the data folder: better to know at the start. */
function refuseLinks(dataDir: string): void {
  for (const folder of ["projects", "characters", "tests", "thumbnails", "workflows", "pglite"])
    try {
      pathInside(dataDir, folder);
    } catch (cause) {
      if (!(cause instanceof ShotboardError)) throw cause;
      throw new SettingError(
        `"${folder}" in the folder of DATA_DIR is a link that leads out of it, where Shotboard reads and writes nothing. ` +
          "Put a real folder there, or let DATA_DIR name the other place: the data folder as a whole may be a link.",
        { cause },
      );
    }
}

/** The servers that COMFYUI_URL names, each with the headers that COMFYUI_HEADERS has for it. */
function settingsOf({ comfyUrls, comfyHeaders }: Environment): ServerSetting[] {
  return comfyUrls.map(trimSlash).map((configured) => {
    const { url } = parseServerAddress(configured);
    return { url: configured, headers: { ...comfyHeaders[url], ...comfyHeaders[configured] } };
  });
}

async function openDatabase(
  { databaseUrl, dataDir }: Environment,
  migrations: string,
  backups: BackupFolder,
): Promise<Database> {
  if (databaseUrl === null) return openPglite({ folder: join(dataDir, "pglite"), migrations, backups });
  return openPostgres({ url: databaseUrl, migrations }).catch((cause: unknown) => {
    if (!isRefused(cause)) throw cause;
    throw new SettingError(
      `The database of DATABASE_URL does not let Shotboard in: ${textOf(cause)}. ` +
        "Start it or correct the address; without DATABASE_URL, Shotboard brings a database of its own.",
      { cause },
    );
  });
}

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code ?? "";

/** The system's own codes (ECONNREFUSED), or PostgreSQL's for connections, passwords and missing databases. */
const isRefused = (error: unknown) => /^(E[A-Z]+|CONN\w+|(08|28|3D|53|57)\w{3})$/.test(codeOf(error));

/** What an error came from: drizzle's own name the query. */
const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;

const textOf = (error: unknown) => (error instanceof Error && error.message) || codeOf(error);

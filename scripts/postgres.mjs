import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { checkStopped, run } from "./child.mjs";
import { canInstallDebianPackages, installDebianPackages } from "./debian.mjs";
import { fetchEmbeddedPostgres } from "./embedded-postgres.mjs";
import { Problem, root, say } from "./root.mjs";

const exe = process.platform === "win32" ? ".exe" : "";

/**
 * The folder of an installed PostgreSQL's own programs, the newest, or null.
 * @returns {string | null}
 */
function findPostgres() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  versions.sort((a, b) => Number(b) - Number(a));
  const config = spawnSync("pg_config", ["--bindir"], { encoding: "utf8", windowsHide: true });
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(config.status === 0 ? [config.stdout.trim()] : []),
    ...(process.env["PATH"] ?? "").split(delimiter).filter(Boolean),
  ];
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((program) => existsSync(join(folder, program + exe))),
  );
  return found ? dirname(realpathSync(join(found, `initdb${exe}`))) : null;
}

/** @returns {Promise<string>} the folder of initdb and postgres */
export async function preparePrograms() {
  const found = findPostgres();
  if (found) return found;
  const fetched = await fetchEmbeddedPostgres();
  if (fetched) return fetched;
  const said = canInstallDebianPackages() ? await installDebianPackages(["postgresql"]) : "";
  const installed = findPostgres();
  if (installed) return installed;
  throw new Problem(
    "The tests need a PostgreSQL, and none was found or could be fetched. " +
      "Install one, for example with `sudo apt-get install -y postgresql`, or set TEST_POSTGRES_URL to a server " +
      `on which databases may be created, then try again.\n${said}`,
  );
}

/**
 * PostgreSQL refuses to run as root: whom it runs as then.
 * @returns {{ uid: number, gid: number } | undefined} nothing when this is not root
 */
function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Problem("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` here.");
}

/** @returns {Promise<number>} a TCP port that is free on 127.0.0.1 */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** How long a PostgreSQL that was killed may need until another can start in its folder, in ms. */
const PATIENCE = 20_000;

/**
 * Starts a temporary PostgreSQL for tests: its own folder, 127.0.0.1 only, nothing of it survives a power cut.
 * @param {string} installed the folder of initdb and postgres
 * @param {Record<string, string | number>} [more] settings beyond or instead of the usual ones
 * @returns {Promise<{
 *   url: string,
 *   stop: () => Promise<void>,
 *   restart: (how: "SIGINT" | "SIGQUIT" | "SIGKILL", pause?: number) => Promise<void>,
 * }>} `url` of a superuser's database; `stop` ends the server and removes its folder; `restart` ends it fast, at once
 *   or by a kill, and starts it on the same port after a pause in ms
 */
export async function startPostgres(installed, more = {}) {
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), "shotboard-postgres-"));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const port = await freePort();
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  const options = { ...user, cwd: folder };
  let programs = installed;
  if (user && installed.startsWith(root)) {
    // That user may not be allowed into the project's folder.
    programs = join(folder, "programs", basename(installed));
    cpSync(dirname(installed), dirname(programs), { recursive: true, verbatimSymlinks: true });
  }
  const made = await run(
    join(programs, `initdb${exe}`),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...options, quiet: true },
  );
  if (made.code !== 0) {
    remove();
    throw new Problem(`A PostgreSQL for the tests could not be set up. initdb said:\n${made.output}`);
  }
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "64MB",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    ...more,
  };
  const logFile = join(folder, "log");
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const state = join(data, "postmaster.pid");

  /** @returns {Promise<{ end: (signal: NodeJS.Signals) => Promise<void> } | null>} null where it ended at once */
  const launch = async () => {
    const log = openSync(logFile, "a");
    const server = spawn(join(programs, `postgres${exe}`), ["-D", data, ...args], {
      ...options,
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
    closeSync(log);
    /** @type {Promise<void>} */
    const ended = new Promise((resolve) =>
      server.once("close", () => resolve()).once("error", () => resolve()),
    );
    let isEnded = false;
    void ended.then(() => (isEnded = true));
    /** @param {NodeJS.Signals} signal */
    const end = async (signal) => {
      server.kill(signal);
      await ended;
    };
    for (;;) {
      if (isEnded) return null;
      const said = existsSync(state) ? readFileSync(state, "utf8") : "";
      // One that was killed has left its file behind.
      if (said.startsWith(`${server.pid}\n`) && /^ready/m.test(said)) return { end };
      try {
        checkStopped();
      } catch (error) {
        await end("SIGINT");
        remove();
        throw error;
      }
      await wait(50);
    }
  };

  const refuse = () => {
    const said = readFileSync(logFile, "utf8");
    remove();
    throw new Problem(`A PostgreSQL for the tests could not be started. It said:\n${said}`);
  };
  let server = (await launch()) ?? refuse();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    // SIGINT: a fast shutdown, without waiting for clients that forgot to leave.
    stop: async () => {
      await server.end("SIGINT");
      remove();
    },
    restart: async (how, pause = 0) => {
      await server.end(how);
      await wait(pause);
      const until = performance.now() + PATIENCE;
      for (;;) {
        const next = await launch();
        if (next) return void (server = next);
        // What a killed one has started holds its memory for a moment.
        if (performance.now() > until) refuse();
        await wait(100);
      }
    },
  };
}

/**
 * The PostgreSQL that the tests run on: TEST_POSTGRES_URL's, or a temporary one.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function preparePostgres() {
  const given = process.env["TEST_POSTGRES_URL"];
  if (given) return { url: given, stop: async () => {} };
  say("starting a temporary PostgreSQL for the tests");
  return startPostgres(await preparePrograms());
}

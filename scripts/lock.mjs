import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { checkStopped } from "./child.mjs";
import { root } from "./root.mjs";

const beatMs = 1_000;
const staleMs = 15_000;

/**
 * Whether a lock's holder is gone: dead on this machine, or silent for 15 seconds.
 * @param {string} file
 */
function isStale(file) {
  try {
    const [pid, host] = readFileSync(file, "utf8").split(" ");
    if (Date.now() - statSync(file).mtimeMs > staleMs) return true;
    if (host !== hostname()) return false;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}

/**
 * Takes a dead holder's lock away. Of several that wait one does it; who took a new holder's by mistake
 * puts it back.
 * @param {string} file
 */
function removeStale(file) {
  const taken = `${file}.${process.pid}`;
  try {
    renameSync(file, taken);
    if (!isStale(taken)) linkSync(taken, file);
  } catch {
    // Somebody else was first.
  }
  rmSync(taken, { force: true });
}

/**
 * Does something that only one command of this project folder may do at a time; the others wait. A dead
 * holder's place is taken.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withLock(name, work, folder = join(root, ".tools")) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  const owner = `${process.pid} ${hostname()}`;
  for (;;) {
    try {
      writeFileSync(file, owner, { flag: "wx" });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    checkStopped();
    if (isStale(file)) {
      removeStale(file);
      await wait(Math.random() * 50);
    } else await wait(200);
  }
  const beat = setInterval(() => {
    if (existsSync(file)) utimesSync(file, new Date(), new Date());
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

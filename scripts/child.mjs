import { spawn } from "node:child_process";
import { constants } from "node:os";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

const taken = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
/** @type {Set<ChildProcess>} */
const children = new Set();
/** @type {NodeJS.Signals | null} */
let stopSignal = null;

/** Thrown by `run` and `checkStopped` once the command was asked to stop. */
export class Stopped extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Stopped by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Throws `Stopped` when a signal has asked this command to stop: long waits call it between their steps. */
export function checkStopped() {
  if (stopSignal) throw new Stopped(stopSignal);
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  if (stopSignal) return;
  stopSignal = signal;
  // A Windows console tells every process of it by itself, and `kill` there would end the child unasked.
  if (process.platform !== "win32") for (const child of children) child.kill(signal);
}

/** From now on SIGINT, SIGTERM and SIGHUP are passed on to the children, the first one only. */
export function holdSignals() {
  for (const name of taken) process.on(name, passOn);
}

/** Undoes `holdSignals`, for a server that runs in this process and takes the signals itself. */
export function releaseSignals() {
  for (const name of taken) process.off(name, passOn);
}

/** As if SIGTERM had come: who listens to it ends in good order. */
function stopAsIfAsked() {
  if (!process.emit("SIGTERM", "SIGTERM")) process.exit(128 + constants.signals.SIGTERM);
}

/**
 * Ends this command when the process that started it is gone, even if that was killed and could pass
 * nothing on. A command that started another is noticed by their channel; npm has none, and a signal to
 * npm alone ends npm and its shell, so their death is noticed by getting another parent.
 */
export function followParent() {
  if (process.channel) {
    process.channel.unref();
    process.once("disconnect", stopAsIfAsked);
  } else if (process.env["npm_lifecycle_event"] && process.platform !== "win32") {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      stopAsIfAsked();
    }, 250);
    watch.unref();
  }
}

/**
 * Runs a program in this process group and waits for its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, quiet?: boolean, channel?: boolean, timeoutMs?: number, uid?: number, gid?: number, cwd?: string }} [options]
 *   `quiet` keeps what it prints (returned as `output`) instead of showing it; `channel` lets the child
 *   notice when this process dies; after `timeoutMs` it is killed.
 * @returns {Promise<{ code: number, output: string }>} `code` is 128 + n when signal n ended it, 127 when
 *   it could not be started.
 * @throws {Stopped} when this command was asked to stop before, or while a quiet child ran
 */
export async function run(program, args, options = {}) {
  checkStopped();
  const { quiet = false, channel = false, timeoutMs, env = process.env, ...rest } = options;
  const shown = channel ? ["inherit", "inherit", "inherit", "ipc"] : "inherit";
  const child = spawn(program, args, {
    ...rest,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    ...(timeoutMs && { timeout: timeoutMs, killSignal: "SIGKILL" }),
    stdio: /** @type {import("node:child_process").StdioOptions} */ (
      quiet ? ["ignore", "pipe", "pipe"] : shown
    ),
    windowsHide: true,
  });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve(127);
    });
    child.on("close", (status, signal) => resolve(signal ? 128 + constants.signals[signal] : (status ?? 0)));
  });
  children.delete(child);
  if (quiet) checkStopped();
  return { code, output };
}

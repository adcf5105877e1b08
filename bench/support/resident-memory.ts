import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How much memory a process takes, in bytes. Linux and macOS can tell. */
export function residentMemory(pid: number): number {
  if (process.platform === "linux") {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(line?.[1]) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}

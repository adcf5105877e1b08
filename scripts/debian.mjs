import { existsSync } from "node:fs";
import { run } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { say } from "./root.mjs";

let isUpdated = false;

/** Whether this process may install Debian packages. */
export function canInstallDebianPackages() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs Debian packages.
 * @param {string[]} names
 * @returns {Promise<string>} what apt-get said when it failed, empty when it did not
 */
export async function installDebianPackages(names) {
  const options = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const lockWait = ["-o", "DPkg::Lock::Timeout=300"];
  return withLock("apt-get", async () => {
    say(`installing ${names.join(" and ")} with apt-get`);
    if (!isUpdated) {
      const update = await run("apt-get", [...lockWait, "update"], options);
      if (update.code !== 0) return update.output;
      isUpdated = true;
    }
    const install = await run(
      "apt-get",
      [...lockWait, "install", "-y", "--no-install-recommends", ...names],
      options,
    );
    return install.code === 0 ? "" : install.output;
  });
}

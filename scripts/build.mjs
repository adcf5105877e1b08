import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { checkStopped } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { runProgram } from "./programs.mjs";
import { Problem, root, say } from "./root.mjs";

const sources = [
  "src",
  "public",
  "package.json",
  "package-lock.json",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "scripts/build.mjs",
];

/**
 * One value for all that a build is made from: it changes when a file's content or place does.
 * @param {string} folder the project's
 * @returns {string}
 */
export function fingerprintSources(folder) {
  const hash = createHash("sha256");
  for (const source of sources) {
    const path = join(folder, source);
    if (!existsSync(path)) continue;
    const files = source.includes(".")
      ? [path]
      : readdirSync(path, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) {
      const content = readFileSync(file);
      hash.update(`${relative(folder, file).split(sep).join("/")}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

/** The server's program, as one file. */
export const serverFile = join(root, "dist", "server.mjs");

/** Packages with files of their own beside the code, which are found from where it stands. */
const OUTSIDE = ["next", "sharp", "@electric-sql/pglite", "pg-boss", "postgres", "pino", "ws"];

/**
 * Bundles the server into one file: hundreds of files of packages that are only code take longer to find and to link
 * than to run.
 * @param {string} entry
 * @param {string} outfile
 */
export async function bundleServer(entry, outfile) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22.13",
    external: OUTSIDE.flatMap((name) => [name, `${name}/*`]),
    alias: { "@": join(root, "src") },
    sourcemap: true,
    logLevel: "warning",
  });
  // Its service process would live as long as this one.
  await esbuild.stop();
}

async function buildAll() {
  const { code, output } = await runProgram("next", ["build"], {
    quiet: true,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (code !== 0) throw new Problem(`The pages could not be built. \`next build\` said:\n${output}`);
  await bundleServer(join(root, "src", "server", "boot", "main.ts"), serverFile);
}

/** Builds pages and server, unless the build that is there was made from these very sources. */
export async function build() {
  const stamp = join(root, "dist", "built-from");
  const isBuilt = () =>
    existsSync(join(root, ".next", "BUILD_ID")) &&
    existsSync(serverFile) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === fingerprintSources(root);
  if (isBuilt()) return;
  await withLock("build", async () => {
    if (isBuilt()) return;
    say("building, about a quarter of a minute");
    rmSync(stamp, { force: true });
    const fingerprint = fingerprintSources(root);
    await buildAll();
    checkStopped();
    mkdirSync(join(root, "dist"), { recursive: true });
    writeFileSync(stamp, fingerprint);
  });
}

// node scripts/build-client.mjs, before `npm pack`: the client for other programs as one file of JavaScript
// and its declarations, which need no other package.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectTypes } from "./client-types.mjs";
import { command } from "./command.mjs";
import { installPackages } from "./install.mjs";
import { runProgram } from "./programs.mjs";
import { Problem, root } from "./root.mjs";

const target = join(root, "dist", "client");

async function bundleClient() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: [join(root, "src", "lib", "client.ts")],
    outfile: join(target, "client.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    alias: { "@": join(root, "src") },
    logLevel: "warning",
  });
  await esbuild.stop();
}

await command(import.meta.url, async () => {
  await installPackages();
  rmSync(target, { recursive: true, force: true });
  const emitted = mkdtempSync(join(tmpdir(), "shotboard-client-"));
  try {
    const emit = ["-p", "tsconfig.client.json", "--outDir", emitted];
    const { code, output } = await runProgram("typescript/tsc", emit, { quiet: true });
    if (code !== 0) throw new Problem(`The client's declarations could not be made. tsc said:\n${output}`);
    collectTypes(join(emitted, "lib", "client.d.ts"), emitted, join(target, "types"));
    await bundleClient();
  } finally {
    rmSync(emitted, { recursive: true, force: true });
  }
});

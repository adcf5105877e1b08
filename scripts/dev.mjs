// npm run dev: the server from its sources, started again whenever one of them changes.
import { run } from "./child.mjs";
import { command } from "./command.mjs";
import { installPackages } from "./install.mjs";

await command(import.meta.url, async () => {
  await installPackages();
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  // Node's own watcher: tsx's kills the server at the second signal, and Ctrl-C reaches it twice.
  // Only these folders: Next loads what it compiles into this process, and watches src/app by itself.
  const watch = ["--watch-path=src/server", "--watch-path=src/lib", "--watch-preserve-output"];
  const { code } = await run(process.execPath, [...watch, "--import", "tsx", "src/server/boot/main.ts"], {
    env,
  });
  return code;
});

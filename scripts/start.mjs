// npm start: installs and builds what is missing, then serves in this very process. The flag there,
// --max-semi-space-size=16, halves V8's nursery: a server that has started is 100 MB smaller with it.
import { pathToFileURL } from "node:url";
import { releaseSignals } from "./child.mjs";
import { command } from "./command.mjs";
import { build, serverFile } from "./build.mjs";
import { installPackages } from "./install.mjs";

await command(import.meta.url, async () => {
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  await installPackages();
  await build();
  process.setSourceMapsEnabled(true);
  releaseSignals();
  await import(pathToFileURL(serverFile).href);
});

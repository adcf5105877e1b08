// npm start: installs and builds what is missing, then serves in this very process.
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

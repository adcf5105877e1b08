/** Shotboard without its pages as a process of its own, set up by the environment. */
import { createLog } from "@/server/boot/create-log";
import { parseEnvironment } from "@/server/boot/environment";
import { findRoot } from "@/server/boot/find-root";
import { startRuntime } from "@/server/boot/runtime";
import { serve } from "@/server/boot/serve";
import { serveParent } from "./start-child";

const root = findRoot(import.meta.dirname);
const environment = parseEnvironment(process.env, root);
const runtime = await startRuntime({ environment, root, log: createLog(environment.logLevel) });
const serving = await serve({ runtime, environment, root, version: "bench", pages: "none" });
serveParent({ url: serving.url }, async () => {
  await serving.close();
  await runtime.close();
});

import { eventsRouter, imageRouter, jobRouter, queueRouter, takeRouter } from "./image-router";
import { castRouter, characterRouter } from "./character-router";
import { downloadRouter } from "./download-router";
import { modelRouter } from "./model-router";
import { createCallerFactory, router } from "./procedure";
import { proofRouter } from "./proof-router";
import { projectRouter, scriptRouter, sectionRouter, sentenceRouter } from "./project-router";
import { serverRouter } from "./server-router";
import { storageRouter } from "./storage-router";
import { styleRouter } from "./style-router";

/** The API. Its names are what other programs call. */
export const appRouter = router({
  project: projectRouter,
  script: scriptRouter,
  section: sectionRouter,
  sentence: sentenceRouter,
  image: imageRouter,
  proof: proofRouter,
  take: takeRouter,
  download: downloadRouter,
  job: jobRouter,
  queue: queueRouter,
  model: modelRouter,
  style: styleRouter,
  character: characterRouter,
  cast: castRouter,
  server: serverRouter,
  storage: storageRouter,
  events: eventsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls the API in the same process. */
export const createCaller = createCallerFactory(appRouter);
export type AppCaller = ReturnType<typeof createCaller>;

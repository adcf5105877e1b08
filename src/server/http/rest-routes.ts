import { z } from "zod";
import { characterInput, characterSchema } from "@/lib/schemas/character";
import { downloadBody, downloadInput, downloadQuery } from "@/lib/schemas/download";
import {
  cancelOutput,
  generateBody,
  generateInput,
  generateOutput,
  keepInput,
  keepOutput,
  retryFailedInput,
} from "@/lib/schemas/image";
import { jobGetInput, jobSchema } from "@/lib/schemas/job";
import {
  projectCreateInput,
  projectCreateOutput,
  projectGetInput,
  projectListOutput,
  projectSchema,
} from "@/lib/schemas/project";
import { queueStatusSchema } from "@/lib/schemas/queue";
import { sentenceSchema, sentenceUpdateInput } from "@/lib/schemas/sentence";
import { addCharacterImage } from "@/server/services/character/characters";
import type { ServiceContext } from "@/server/services/context";
import { openDownload, type Download } from "@/server/services/download/open-download";
import { cancelImages, generateImages, retryFailedImages } from "@/server/services/image/generate-images";
import { getJob } from "@/server/services/image/jobs";
import { keepPictures } from "@/server/services/image/keep-pictures";
import { createProject } from "@/server/services/project/create-project";
import { getProject } from "@/server/services/project/get-project";
import { listProjects } from "@/server/services/project/list-projects";
import { getQueueStatus } from "@/server/services/queue-control";
import { updateSentence } from "@/server/services/sentence/update-sentences";

interface RouteFields {
  method: "GET" | "POST" | "PATCH";
  path: string;
  summary: string;
  status: number;
  /** The JSON body, for the OpenAPI page; null where none is read, "bytes" for an upload. */
  body: z.ZodType | "bytes" | null;
  /** What may stand behind the `?`, by name. */
  query?: z.ZodObject;
}

/** Gets the values of path, query and body in one object, unchecked. */
type Answer<T> = (ctx: ServiceContext, input: Record<string, unknown>) => Promise<T>;

/** One address of the REST API: it answers JSON of a shape, or streams a ZIP. */
export type Route = RouteFields &
  ({ output: z.ZodType; answer: Answer<unknown> } | { output: "zip"; answer: Answer<Download> });

export const ROUTES: Route[] = [
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/generate-images",
    summary: "Queue a picture for every sentence that needs one",
    status: 202,
    body: generateBody,
    output: generateOutput,
    answer: (ctx, input) => generateImages(ctx, generateInput.parse(input)),
  },
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/retry-failed",
    summary: "Queue those sentences again whose last job failed",
    status: 202,
    body: retryFailedInput.omit({ projectId: true }),
    output: generateOutput,
    answer: (ctx, input) => retryFailedImages(ctx, retryFailedInput.parse(input)),
  },
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/keep-pictures",
    summary: "Keep pictures although what they are made from has changed",
    status: 200,
    body: keepInput.omit({ projectId: true }),
    output: keepOutput,
    answer: (ctx, input) => keepPictures(ctx, keepInput.parse(input)),
  },
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/cancel",
    summary: "Stop all open jobs of a project",
    status: 200,
    body: z.strictObject({}),
    output: cancelOutput,
    answer: (ctx, input) => cancelImages(ctx, projectGetInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/projects",
    summary: "Projects as cards, newest first",
    status: 200,
    body: null,
    output: projectListOutput,
    answer: (ctx) => listProjects(ctx),
  },
  {
    method: "POST",
    path: "/api/v1/projects",
    summary: "Make a project",
    status: 201,
    body: projectCreateInput,
    output: projectCreateOutput,
    answer: (ctx, input) => createProject(ctx, projectCreateInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/projects/:projectId",
    summary: "A project, whole",
    status: 200,
    body: null,
    output: projectSchema,
    answer: (ctx, input) => getProject(ctx, projectGetInput.parse(input)),
  },
  {
    method: "PATCH",
    path: "/api/v1/sentences/:sentenceId",
    summary: "Change a sentence",
    status: 200,
    body: sentenceUpdateInput.omit({ sentenceId: true }),
    output: sentenceSchema,
    answer: (ctx, input) => updateSentence(ctx, sentenceUpdateInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/jobs/:jobId",
    summary: "A job",
    status: 200,
    body: null,
    output: jobSchema,
    answer: (ctx, input) => getJob(ctx, jobGetInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/queue",
    summary: "The queue and its lanes",
    status: 200,
    body: null,
    output: queueStatusSchema,
    answer: (ctx) => getQueueStatus(ctx),
  },
  {
    method: "POST",
    path: "/api/v1/characters/:characterId/images",
    summary: "Add a reference picture (PNG, JPEG or WebP) to a character",
    status: 201,
    body: "bytes",
    output: characterSchema,
    answer: (ctx, { bytes, ...input }) =>
      addCharacterImage(ctx, { ...characterInput.parse(input), bytes: bytes as Uint8Array }),
  },
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/download",
    summary: "Download pictures with shots.csv as a ZIP",
    status: 200,
    body: downloadBody,
    output: "zip",
    answer: (ctx, input) => openDownload(ctx, downloadInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/projects/:projectId/download",
    summary: "Download pictures with shots.csv as a ZIP",
    status: 200,
    body: null,
    query: downloadQuery,
    output: "zip",
    answer: (ctx, input) => openDownload(ctx, downloadInput.parse(input)),
  },
  {
    method: "GET",
    path: "/api/v1/downloads/:downloadId",
    summary: "Fetch a download that download.prepare gave the address of",
    status: 200,
    body: null,
    output: "zip",
    answer: (ctx, { downloadId }) => openDownload(ctx, ctx.downloads.get(String(downloadId))),
  },
];

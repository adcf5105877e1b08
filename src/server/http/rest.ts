import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
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
import type { ServiceContext } from "@/server/services/context";
import { cancelImages, generateImages, retryFailedImages } from "@/server/services/image/generate-images";
import { getJob } from "@/server/services/image/jobs";
import { keepPictures } from "@/server/services/image/keep-pictures";
import { createProject } from "@/server/services/project/create-project";
import { getProject } from "@/server/services/project/get-project";
import { listProjects } from "@/server/services/project/list-projects";
import { getQueueStatus } from "@/server/services/queue/queue-control";
import { updateSentence } from "@/server/services/sentence/update-sentences";
import { DOWNLOAD_ROUTES, type ZipRoute } from "./download-routes";
import { readJson, readPieces } from "./read-body";
import { sendData } from "./respond";
import { matchPath } from "./route-table";
import { sendZip } from "./send-zip";
import type { UploadRoom } from "./upload-room";
import { UPLOAD_ROUTES, type UploadRoute } from "./upload-routes";

/** An address that answers JSON. `answer` gets the path's values and the body in one object, unchecked. */
interface JsonRoute {
  method: "GET" | "POST" | "PATCH";
  path: string;
  summary: string;
  status: number;
  /** The JSON body, for the OpenAPI page; null where none is read. */
  body: z.ZodType | null;
  output: z.ZodType;
  answer: (ctx: ServiceContext, input: Record<string, unknown>) => Promise<unknown>;
}

/** One address of the REST API. */
export type Route = JsonRoute | UploadRoute | ZipRoute;

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
    summary: "Queue one picture of every sentence that failed, or of those named something failed of",
    status: 202,
    body: retryFailedInput.omit({ projectId: true }),
    output: generateOutput,
    answer: (ctx, input) => retryFailedImages(ctx, retryFailedInput.parse(input)),
  },
  {
    method: "POST",
    path: "/api/v1/projects/:projectId/keep-pictures",
    summary: "Keep pictures although what they are made from has changed, or something failed over them",
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
  ...UPLOAD_ROUTES,
  ...DOWNLOAD_ROUTES,
];

/** Answers a request to the REST API. */
export async function handleRest(
  ctx: ServiceContext,
  uploads: UploadRoom,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname;
  const found = ROUTES.flatMap((route) => {
    const values = matchPath(route.path, path);
    return values ? [{ route, values }] : [];
  });
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = found.find((one) => one.route.method === method);
  if (!match)
    throw noRoute(path, request.method ?? "", found.length > 0 ? found.map((one) => one.route.method) : null);
  const { route, values } = match;
  if ("zip" in route) {
    const query = route.query?.parse(Object.fromEntries(url.searchParams));
    const input = { ...query, ...(await readInput(request, route.body)), ...values };
    return sendZip(response, await route.zip(ctx, input), ctx.log);
  }
  if ("upload" in route) {
    const size = uploadSize(request, route.limit);
    const data = await uploads.hold(route.isHeld ? size : 0, async () => {
      const query = route.query?.parse(Object.fromEntries(url.searchParams)) ?? {};
      const pieces = readPieces(request, route.limit);
      try {
        return await route.upload(ctx, { ...query, ...values }, pieces);
      } finally {
        // Whoever was to read on may never have begun: what is left must not hold the sender.
        void pieces.return(undefined);
      }
    });
    return sendData(response, route.status, data);
  }
  sendData(
    response,
    route.status,
    await route.answer(ctx, { ...(await readInput(request, route.body)), ...values }),
  );
}

async function readInput(
  request: IncomingMessage,
  schema: z.ZodType | null,
): Promise<Record<string, unknown>> {
  if (schema === null) return {};
  const body = await readJson(request, LIMITS.bodyBytes);
  // A body that is no object, or names what the path names, is refused by the schema of the body itself.
  schema.parse(body);
  return body as Record<string, unknown>;
}

/** Bytes that an upload may have, told or not. @throws ShotboardError where it is a form, or not said to be one */
function uploadSize({ headers }: IncomingMessage, limit: number): number {
  const type = headers["content-type"] ?? "";
  if (!/^(application\/octet-stream|image\/[\w.+-]+)\s*(;|$)/i.test(type))
    throw new ShotboardError(
      "UNSUPPORTED_MEDIA_TYPE",
      `Expected content-type application/octet-stream, got "${type.slice(0, 100)}".`,
      {
        reason: "not_an_upload",
        field: "image",
        remedy: "Send the file's bytes as the body.",
      },
    );
  return Math.min(Number(headers["content-length"] ?? limit), limit);
}

function noRoute(path: string, method: string, allowed: string[] | null): ShotboardError {
  if (allowed === null)
    return new ShotboardError("NOT_FOUND", `There is nothing at ${path.slice(0, 200)}.`, {
      reason: "no_such_address",
      remedy: "See /api/v1/openapi.json for what there is.",
    });
  return new ShotboardError(
    "METHOD_NOT_SUPPORTED",
    `${method} is not possible here; ${allowed.join(", ")} is.`,
    {
      reason: "method_not_possible",
    },
  );
}

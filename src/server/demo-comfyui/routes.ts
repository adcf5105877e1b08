import { getView, postUpload } from "./file-routes";
import { bare, json, type Answer, type DemoRequest } from "./http";
import { models, objectInfo, savedWorkflow, savedWorkflows, systemStats } from "./info-routes";
import {
  cancelJob,
  getHistory,
  getHistoryOf,
  getJob,
  getQueue,
  notFound,
  postHistory,
  postInterrupt,
  postPrompt,
  postQueue,
} from "./prompt-routes";
import { features, type Studio } from "./studio";

/** Which routes a server has. */
export interface ServerAge {
  /** An older ComfyUI: it gives prompts ids of its own and has no `/api/jobs`. */
  isOld: boolean;
}

/** Answers one request as ComfyUI would. */
export async function answer(studio: Studio, request: DemoRequest, { isOld }: ServerAge): Promise<Answer> {
  const [first = "", second, third, ...rest] = request.path.slice(1).split("/").map(decode);
  if (rest.length > 0 || first === null || second === null || third === null) return notFound;
  // Jobs are found below `/api` only.
  if (first === "jobs" && request.fullPath.startsWith("/api/") && !isOld && second !== undefined) {
    if (request.method === "GET" && third === undefined) return getJob(studio, second);
    if (request.method === "POST" && third === "cancel") return cancelJob(studio, second);
    return notFound;
  }
  switch (
    `${request.method} /${first}${second === undefined ? "" : "/*"}${third === undefined ? "" : "/*"}`
  ) {
    case "POST /prompt":
      return postPrompt(studio, request, isOld);
    case "GET /prompt":
      return json({ exec_info: { queue_remaining: studio.queue.remaining } });
    case "GET /queue":
      return getQueue(studio);
    case "POST /queue":
      return postQueue(studio, request);
    case "POST /interrupt":
      return postInterrupt(studio, request);
    case "GET /history":
      return getHistory(studio, request);
    case "GET /history/*":
      return getHistoryOf(studio, second ?? "");
    case "POST /history":
      return postHistory(studio, request);
    case "GET /view":
      return getView(studio, request);
    case "POST /upload/*":
      return second === "image" ? postUpload(studio, request) : notFound;
    case "GET /features":
      return json(features);
    case "GET /system_stats":
      return systemStats();
    case "GET /models":
      return models(studio, null);
    case "GET /models/*":
      return models(studio, second ?? "");
    case "GET /userdata":
      return savedWorkflows(studio);
    case "GET /userdata/*":
      return savedWorkflow(studio, second ?? "");
    case "GET /object_info":
      return objectInfo(studio, null);
    case "GET /object_info/*":
      return objectInfo(studio, second ?? "");
    case "POST /free":
      studio.frees += 1;
      return { status: 200 };
    default:
      return notFound;
  }
}

/** What a body over the limit gets. */
export const tooLarge = bare(413, "Request Entity Too Large");

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

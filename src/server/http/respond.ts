import type { ServerResponse } from "node:http";
import { ShotboardError } from "@/lib/errors";
import type { Log } from "@/lib/log";
import { toErrorAnswer } from "@/lib/to-error-answer";

/** Answers JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(response.req.method === "HEAD" ? undefined : text);
}

/** REST's envelope around an answer. */
export const sendData = (response: ServerResponse, status: number, data: unknown): void =>
  sendJson(response, status, { success: true, data });

/** REST's envelope around whatever was thrown. */
export function sendError(response: ServerResponse, error: unknown, log: Log): void {
  // Who asked has gone: nothing can be told any more, and a request that breaks off is no failure of ours.
  if (response.destroyed) return;
  const { code, httpStatus, message, reason, field, remedy } = toErrorAnswer(error);
  if (httpStatus >= 500) log.error("A request failed", { path: pathOf(response), error });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  setRetryAfter(response, error);
  sendJson(response, httpStatus, { success: false, error: { code, message, reason, field, remedy } });
}

/** Says in a header, too, when it may be tried again. */
export function setRetryAfter(response: ServerResponse, error: unknown): void {
  if (error instanceof ShotboardError && error.retryAfter !== null)
    response.setHeader("retry-after", error.retryAfter);
}

/** Where a request went, for the log: what stands behind the `?` may be a secret. */
export const pathOf = (response: ServerResponse): string => response.req.url?.split("?")[0] ?? "";

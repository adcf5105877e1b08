import { buffer } from "node:stream/consumers";
import type { IncomingMessage, ServerResponse } from "node:http";

/** ComfyUI's limit on request bodies. */
const maxBodyBytes = 104_857_600;

/** A request as the routes see it. */
export interface DemoRequest {
  method: string;
  /** The path without a leading `/api`, which ComfyUI accepts before every one of its own. */
  path: string;
  /** The path as it came. */
  fullPath: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** What a route answers. */
export interface Answer {
  status: number;
  body?: Buffer | string;
  type?: string;
  headers?: Record<string, string>;
}

export function json(body: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(body), type: "application/json; charset=utf-8" };
}

/** The bare answer that aiohttp gives by itself, such as `404: Not Found`. */
export function bare(status: number, text: string): Answer {
  return { status, body: `${status}: ${text}`, type: "text/plain; charset=utf-8" };
}

/** What an exception in a handler looks like from outside. */
export const internalError: Answer = {
  status: 500,
  body: "500 Internal Server Error\n\nServer got itself in trouble",
  type: "text/plain; charset=utf-8",
};

/** Reads a request; null when its body is over the limit. */
export async function readRequest(request: IncomingMessage): Promise<DemoRequest | null> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://demo");
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > maxBodyBytes) return null;
  const body = await buffer(request);
  if (body.length > maxBodyBytes) return null;
  const path = pathname.startsWith("/api/") ? pathname.slice(4) : pathname;
  return {
    method: request.method ?? "GET",
    path,
    fullPath: pathname,
    query: searchParams,
    headers: request.headers,
    body,
  };
}

export function send(response: ServerResponse, answer: Answer): void {
  const body = answer.body ?? "";
  response.writeHead(answer.status, {
    ...(answer.type ? { "content-type": answer.type } : {}),
    "content-length": Buffer.byteLength(body),
    ...answer.headers,
  });
  response.end(body);
}

/** A body that should be JSON; undefined where it is not. */
export function jsonBody(request: DemoRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** The fields of a JSON object, or none. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Whether a request comes from a page of another origin: refused, as any web page could otherwise start work. */
export function isForeign(headers: IncomingMessage["headers"]): boolean {
  if (headers["sec-fetch-site"] === "cross-site") return true;
  const { host, origin } = headers;
  if (!host || !origin) return false;
  const from = URL.parse(origin);
  const here = URL.parse(`http://${host}`);
  if (!here || !isLoopback(here.hostname)) return false;
  if (!from) return true;
  // A page without a port, or a host without one, is compared by name alone.
  if (!from.port || !here.port) return from.hostname !== here.hostname;
  return from.host !== here.host;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { ServiceContext } from "@/server/services/context";
import { readBody, readJson } from "./read-body";
import { sendData } from "./respond";
import { ROUTES, type Route } from "./rest-routes";
import { matchPath } from "./route-table";
import { sendDownload } from "./send-download";

/** Answers a request to the REST API. */
export async function handleRest(
  ctx: ServiceContext,
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
  const query = route.query?.parse(Object.fromEntries(url.searchParams));
  const body = route.body === null ? {} : await readInput(request, route);
  const input = { ...query, ...body, ...values };
  if (route.output === "zip") await sendDownload(response, await route.answer(ctx, input));
  else sendData(response, route.status, await route.answer(ctx, input));
}

async function readInput(request: IncomingMessage, route: Route): Promise<Record<string, unknown>> {
  if (route.body === "bytes") return { bytes: await readUpload(request) };
  const body = await readJson(request, LIMITS.bodyBytes);
  // A body that is no object, or names what the path names, is refused by the schema of the body itself.
  (route.body as z.ZodType).parse(body);
  return body as Record<string, unknown>;
}

async function readUpload(request: IncomingMessage): Promise<Uint8Array> {
  const type = request.headers["content-type"] ?? "";
  if (!/^(application\/octet-stream|image\/)/i.test(type))
    throw new ShotboardError(
      "UNSUPPORTED_MEDIA_TYPE",
      `Expected content-type application/octet-stream, got "${type}".`,
      {
        reason: "not_an_upload",
        field: "image",
        remedy: "Send the file's bytes as the body.",
      },
    );
  return readBody(request, LIMITS.referenceBytes);
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

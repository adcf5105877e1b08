import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import type { Access } from "@/server/http/access";
import { handleMedia } from "@/server/http/media";
import { openApi } from "@/server/http/openapi";
import { readJson, refusalOfType } from "@/server/http/read-body";
import { sendData, sendError, sendJson, setRetryAfter } from "@/server/http/respond";
import { handleRest } from "@/server/http/rest";
import { setSecurityHeaders } from "@/server/http/security-headers";
import { UploadRoom } from "@/server/http/upload-room";
import type { ServiceContext } from "@/server/services/context";
import { getHealth, isReady } from "@/server/services/health";
import { appRouter } from "@/server/trpc/router";
import type { DoorLimits } from "./door-limits";

interface Doors {
  services: ServiceContext;
  access: Access;
  version: string;
  limits: DoorLimits;
  /** Whether a request came over a connection too many. */
  isBeyond: (request: IncomingMessage) => boolean;
  /** Answers pages. */
  pages: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

/** The HTTP side of the server: health, media, REST, tRPC, and pages for all else. */
export function createRequestHandler(doors: Doors): RequestListener {
  const { services, access, version, limits, isBeyond, pages } = doors;
  const uploads = new UploadRoom(limits.uploads, limits.uploadBytes);
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    maxBodySize: LIMITS.callBytes,
    // A query that names thousands of shots has no room in an address.
    allowMethodOverride: true,
    createContext: ({ req }) => ({
      services,
      // tRPC would read forms too, which another site's page may send.
      refusal: access.refusalOf(req) ?? refusalOfType(req),
      isCongested: () => false,
      openSubscription: () => () => {},
    }),
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setSecurityHeaders(response);
    if (isBeyond(request)) throw tooManyConnections(response);
    const url = parseUrl(request);
    const path = url.pathname;
    if (access.isForeign(request))
      throw forbidden(
        "site_not_allowed",
        "Another site's page may not use this Shotboard.",
        "Open Shotboard's own pages, or use a program.",
      );
    if (path === "/healthz" || path.startsWith("/healthz/")) return health(request, response, path);
    if (!access.isOurHost(request))
      throw forbidden(
        "host_not_allowed",
        `This Shotboard is not addressed as "${(request.headers.host ?? "").slice(0, 300)}".`,
        "Add the name to ALLOWED_HOSTS, or use the printed address.",
      );
    const isWrite = request.method !== "GET" && request.method !== "HEAD";
    if (isWrite && !access.isOurOrigin(request))
      throw forbidden(
        "origin_not_allowed",
        "Another site's page may not write here.",
        "Use Shotboard's own pages, or a program. Where a proxy stands before Shotboard, PUBLIC_URL has to say its address.",
      );
    if (path === "/api/login") return login(request, response);
    if (path.startsWith("/api/trpc/")) {
      setRetryAfter(response, access.refusalOf(request));
      return trpc(request, response);
    }
    if (/^\/(api|media)(\/|$)/.test(path)) {
      const refusal = access.refusalOf(request);
      if (refusal) throw refusal;
      if (path === "/api/v1/openapi.json" && !isWrite) return sendJson(response, 200, openApi(version));
      if (path.startsWith("/media/")) return await handleMedia(services, request, response, url);
      return await handleRest(services, uploads, request, response, url);
    }
    await pages(request, response, url);
  };

  /** How it is, bare to those who did not show the token; `live` and `ready` for what starts and watches processes. */
  async function health(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    // Tells a Shotboard from a ComfyUI, to one that was given the wrong address.
    response.setHeader("x-shotboard", version);
    if (path === "/healthz/live") return sendJson(response, 200, { status: "ok", version });
    if (path === "/healthz/ready") {
      if (await isReady(services)) return sendJson(response, 200, { status: "ok", version });
      throw new ShotboardError("SERVICE_UNAVAILABLE", "Shotboard's database does not answer.", {
        reason: "database_unreachable",
        remedy: "It goes on by itself once the database is back.",
        retryAfter: 5,
      });
    }
    if (path !== "/healthz")
      throw new ShotboardError("NOT_FOUND", "There are /healthz, /healthz/live and /healthz/ready.", {
        reason: "no_such_address",
      });
    const more = access.mayInspect(request) ? await getHealth(services) : {};
    sendJson(response, 200, { status: "ok", version, ...more });
  }

  async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST")
      throw new ShotboardError("METHOD_NOT_SUPPORTED", "Send the token as JSON in a POST.", {
        reason: "method_not_possible",
      });
    const body = (await readJson(request, 10_000)) as { token?: unknown } | null;
    const token = body?.token;
    const refusal = access.refusalOfToken(typeof token === "string" ? token : null, request);
    if (refusal) throw refusal;
    const cookie = access.cookie();
    if (cookie !== null) response.setHeader("set-cookie", cookie);
    sendData(response, 200, {});
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => sendError(response, error, services.log));
  };
}

function tooManyConnections(response: ServerResponse): ShotboardError {
  response.setHeader("connection", "close");
  return new ShotboardError("SERVICE_UNAVAILABLE", "Too many connections are open to this Shotboard.", {
    reason: "too_many_connections",
    remedy: "Close some, or try again in a moment.",
    retryAfter: 5,
  });
}

/** @throws ShotboardError for an address that is none, or whose encoding is broken */
function parseUrl(request: IncomingMessage): URL {
  const bad = new ShotboardError("BAD_REQUEST", "The address is not validly encoded.", {
    reason: "bad_path",
    field: "url",
  });
  const target = request.url ?? "/";
  if (
    !target.startsWith("/") ||
    target.includes("%00") ||
    target.includes("\u0000") ||
    !URL.canParse(target, "http://localhost")
  )
    throw bad;
  const url = new URL(`http://localhost${target}`);
  try {
    decodeURIComponent(url.pathname);
  } catch (error) {
    if (error instanceof URIError) throw bad;
    throw error;
  }
  return url;
}

const forbidden = (reason: string, message: string, remedy: string) =>
  new ShotboardError("FORBIDDEN", message, { reason, remedy });

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { ShotboardError } from "@/lib/errors";
import { LIMITS } from "@/lib/limits";
import { TOKEN_COOKIE, type Access } from "@/server/http/access";
import { handleMedia } from "@/server/http/media";
import { openApi } from "@/server/http/openapi";
import { readJson } from "@/server/http/read-body";
import { sendData, sendError, sendJson } from "@/server/http/respond";
import { handleRest } from "@/server/http/rest";
import type { ServiceContext } from "@/server/services/context";
import { getHealth } from "@/server/services/health";
import { appRouter } from "@/server/trpc/router";

const MONTH = 30 * 24 * 3600;

interface Doors {
  services: ServiceContext;
  access: Access;
  version: string;
  /** Renders pages. */
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** The HTTP side of the server: health, media, REST, tRPC, and pages for all else. */
export function createRequestHandler({ services, access, version, pages }: Doors): RequestListener {
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    maxBodySize: LIMITS.callBytes,
    // A query that names thousands of shots has no room in an address.
    allowMethodOverride: true,
    createContext: ({ req }) => ({ services, isAllowed: access.isAllowed(req), isCongested: () => false }),
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = parseUrl(request);
    const path = url.pathname;
    if (path === "/healthz") return health(request, response);
    if (!access.isOurHost(request))
      throw forbidden(
        "host_not_allowed",
        `This Shotboard is not addressed as "${request.headers.host ?? ""}".`,
        "Add the name to ALLOWED_HOSTS, or use the printed address.",
      );
    const isWrite = request.method !== "GET" && request.method !== "HEAD";
    if (isWrite && !access.isOurOrigin(request))
      throw forbidden(
        "origin_not_allowed",
        "Another site's page may not write here.",
        "Use Shotboard's own pages, or a program.",
      );
    if (path === "/api/login") return login(request, response);
    const isAllowed = access.isAllowed(request);
    if (path.startsWith("/api/trpc/")) return trpc(request, response);
    if (path.startsWith("/api/") || path.startsWith("/media/")) {
      if (!isAllowed) throw unauthorized();
      if (path === "/api/v1/openapi.json" && !isWrite) return sendJson(response, 200, openApi(version));
      if (path.startsWith("/media/")) return await handleMedia(services, request, response, url);
      return await handleRest(services, request, response, url);
    }
    // Without the token every page is the login; what it looks like is no secret.
    if (!isAllowed && !path.startsWith("/_next/")) request.url = "/login";
    await pages(request, response);
  };

  async function health(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const more = access.mayInspect(request) ? await getHealth(services) : {};
    // Tells a Shotboard from a ComfyUI, to one that was given the wrong address.
    response.setHeader("x-shotboard", version);
    sendJson(response, 200, { status: "ok", version, ...more });
  }

  async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST")
      throw new ShotboardError("METHOD_NOT_SUPPORTED", "Send the token as JSON in a POST.", {
        reason: "method_not_possible",
      });
    const body = (await readJson(request, 10_000)) as { token?: unknown } | null;
    const token = body?.token;
    if (typeof token !== "string" || !access.isToken(token)) throw unauthorized();
    response.setHeader(
      "set-cookie",
      `${TOKEN_COOKIE}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${MONTH}`,
    );
    sendData(response, 200, {});
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => sendError(response, error, services.log));
  };
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

const unauthorized = () =>
  new ShotboardError("UNAUTHORIZED", "This Shotboard asks for its token.", {
    reason: "unauthorized",
    remedy: "Send it as `Authorization: Bearer …`.",
  });

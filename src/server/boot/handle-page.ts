import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ShotboardError } from "@/lib/errors";
import type { Access } from "@/server/http/access";
import { pagePolicy } from "@/server/http/security-headers";

/** Files that the login page needs, and which tell nothing that the project's sources do not. */
const OPEN = /^\/(_next\/static\/|icon\.svg$)/;
/** What pages ask for while they are worked on. */
const OPEN_IN_DEVELOPMENT = /^\/(_next|__next)/;

/** A project's board. */
const BOARD = /^\/projects\/([^/]+)\/?$/;
/** An address without a page: Next answers it with 404, while of a page that finds nothing it has sent the head already. */
const NOWHERE = "/projects";

interface Pages {
  access: Access;
  /** Whether there is a project of this name. */
  hasProject: (id: string) => Promise<boolean>;
  /** Whether pages are compiled as they are asked for, and reload themselves. */
  isDevelopment: boolean;
  render: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Answers what is neither API nor picture: pages and their files, or the login where the token was not shown. */
export function createPageHandler({ access, hasProject, isDevelopment, render }: Pages) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead && !isDevelopment)
      throw new ShotboardError("METHOD_NOT_SUPPORTED", "Pages can only be read.", {
        reason: "method_not_possible",
      });
    const token = access.oneTime && request.method === "GET" ? url.searchParams.get("token") : null;
    if (token !== null) return enter(request, response, url, token);

    const isOpen = OPEN.test(url.pathname) || (isDevelopment && OPEN_IN_DEVELOPMENT.test(url.pathname));
    // Without the token every page is the login; what it looks like is no secret.
    const isShown = isOpen || access.refusalOf(request) === null;
    const [, projectId] = BOARD.exec(url.pathname) ?? [];
    const isThere = !isShown || projectId === undefined || (await hasProject(projectId));
    // As we read it, so that what was looked at is what is shown. Next's router knows its answers by the query.
    request.url = (!isShown ? "/login" : isThere ? url.pathname : NOWHERE) + url.search;
    const nonce = randomBytes(16).toString("base64");
    const policy = pagePolicy({ nonce, hosts: access.hostsOf(request), isDevelopment });
    // Next finds the nonce for its scripts in the request.
    request.headers["content-security-policy"] = policy;
    delete request.headers["content-security-policy-report-only"];
    response.setHeader("content-security-policy", policy);
    await render(request, response);
  };

  /** Lets a browser in that came with the printed token, and takes the token out of its address. */
  function enter(request: IncomingMessage, response: ServerResponse, url: URL, token: string): void {
    if (access.refusalOf(request) !== null) {
      const refusal = access.refusalOfOneTime(token, request);
      if (refusal?.code === "TOO_MANY_REQUESTS") throw refusal;
      const cookie = refusal === null ? access.cookie() : null;
      if (cookie !== null) response.setHeader("set-cookie", cookie);
    }
    url.searchParams.delete("token");
    // One slash: two would name another host.
    const location = url.pathname.replace(/^\/+/, "/") + url.search;
    response.writeHead(303, { location, "cache-control": "no-store" }).end();
  }
}

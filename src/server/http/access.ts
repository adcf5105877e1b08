import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Cookie that a browser gets for the token. */
export const TOKEN_COOKIE = "shotboard_token";

export interface AccessOptions {
  /** null: everybody who reaches the port is let in. */
  token: string | null;
  /** Hosts under which this server may be addressed, in any spelling; a port is of no account. */
  hosts: readonly string[];
  /** Whole origins besides our own from which a browser may write, such as a proxy's. */
  origins: readonly string[];
}

/** Who is let in, and from where. */
export class Access {
  readonly #options: AccessOptions;
  readonly #hosts: ReadonlySet<string>;

  constructor(options: AccessOptions) {
    this.#options = options;
    // An IPv6 address may stand there without brackets.
    this.#hosts = new Set(options.hosts.flatMap((one) => hostName(one) ?? hostName(`[${one}]`) ?? []));
  }

  /** Whether this is the token, compared in constant time; true where none is set. */
  isToken(candidate: string | null | undefined): boolean {
    const { token } = this.#options;
    if (token === null) return true;
    return timingSafeEqual(digest(candidate ?? ""), digest(token));
  }

  /** Whether a request carries the token, as a Bearer or in the cookie. */
  isAllowed(request: IncomingMessage): boolean {
    const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    return this.isToken(bearer ?? readCookie(request, TOKEN_COOKIE));
  }

  /**
   * Whether this caller may know how the parts are, at an address that answers under every name: who showed the
   * token, or where none is set, who calls us by our name.
   */
  mayInspect(request: IncomingMessage): boolean {
    return this.#options.token === null ? this.isOurHost(request) : this.isAllowed(request);
  }

  /** Whether the Host header names us: a page that was rebound to this address by DNS names somebody else. */
  isOurHost(request: IncomingMessage): boolean {
    const name = hostName(request.headers.host);
    return name !== null && this.#hosts.has(name);
  }

  /** Whether an Origin, where a browser sent one, is ours; a request without one is a program's. */
  isOurOrigin(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return request.headers["sec-fetch-site"] !== "cross-site";
    return (
      origin === `http://${host}` || origin === `https://${host}` || this.#options.origins.includes(origin)
    );
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest();

function readCookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) return safeDecode(pair.slice(at + 1).trim());
  }
  return null;
}

/** Percent-decoding that answers null for what is broken. */
export function safeDecode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** A host, with a port or without, as URLs write it; null for what is none. */
function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}

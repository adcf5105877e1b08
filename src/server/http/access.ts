import type { IncomingMessage } from "node:http";
import { ShotboardError } from "@/lib/errors";
import { Guesses } from "./guesses";
import { isSame } from "./is-same";
import { OneTimeToken } from "./one-time-token";
import { SessionCookie } from "./session-cookie";

export interface AccessOptions {
  /** null: everybody who reaches the port is let in. */
  token: string | null;
  /** Hosts under which this server may be addressed, in any spelling; a port is of no account. */
  hosts: readonly string[];
  /** The origin of the address that a proxy gives us, where one stands before us. */
  publicOrigin: string | null;
}

/** Who is let in, and from where. */
export class Access {
  /** Opens one browser, once; null where no token is asked for. */
  readonly oneTime: OneTimeToken | null;
  readonly #token: string | null;
  readonly #cookie: SessionCookie | null;
  readonly #hosts: ReadonlySet<string>;
  readonly #public: URL | null;
  readonly #guesses = new Guesses();
  /** What was found about a request: looked at twice, a wrong token is one guess. */
  readonly #judged = new WeakMap<IncomingMessage, ShotboardError | null>();

  constructor({ token, hosts, publicOrigin }: AccessOptions) {
    this.#token = token;
    this.#public = publicOrigin === null ? null : new URL(publicOrigin);
    this.#cookie = token === null ? null : new SessionCookie(token, this.#public?.protocol === "https:");
    this.oneTime = token === null ? null : new OneTimeToken();
    // An IPv6 address may stand there without brackets.
    this.#hosts = new Set(
      hosts.flatMap((one) => hostOf(one)?.hostname ?? hostOf(`[${one}]`)?.hostname ?? []),
    );
  }

  /** Why a request is not let in, by its cookie or its Bearer; null where it is. A wrong Bearer is a guess. */
  refusalOf(request: IncomingMessage): ShotboardError | null {
    const known = this.#judged.get(request);
    if (known !== undefined) return known;
    const refusal = this.#judge(request);
    this.#judged.set(request, refusal);
    return refusal;
  }

  #judge(request: IncomingMessage): ShotboardError | null {
    // First: a browser that is let in is not held up by what others guess at its address.
    if (this.#cookie === null || this.#cookie.isIn(request.headers.cookie)) return null;
    const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    return bearer === undefined ? unauthorized() : this.refusalOfToken(bearer, request);
  }

  /** Why a token that somebody sent is not taken; null where it is the token, or none is asked for. */
  refusalOfToken(candidate: string | null, request: IncomingMessage): ShotboardError | null {
    const token = this.#token;
    if (token === null) return null;
    if (candidate === null) return unauthorized();
    return this.#guess(request, () => isSame(candidate, token));
  }

  /** The same for the one-time token, which this uses up. */
  refusalOfOneTime(candidate: string, request: IncomingMessage): ShotboardError | null {
    return this.#guess(request, () => this.oneTime?.use(candidate) ?? true);
  }

  #guess({ socket }: IncomingMessage, isRight: () => boolean): ShotboardError | null {
    const limited = this.#guesses.refusalOf(socket.remoteAddress);
    if (limited) return limited;
    if (isRight()) return null;
    this.#guesses.note(socket.remoteAddress);
    return unauthorized();
  }

  /** The `set-cookie` header for a browser that showed a token; null where none is asked for. */
  cookie(): string | null {
    return this.#cookie?.make() ?? null;
  }

  /** Whether a cookie's value lets its browser see pages. */
  isCookie(value: string | undefined): boolean {
    return this.#cookie === null || this.#cookie.isOurs(value);
  }

  /**
   * Whether this caller may know how the parts are, at an address that answers under every name: who showed the
   * token, or where none is set, who calls us by our name.
   */
  mayInspect(request: IncomingMessage): boolean {
    return this.#token === null ? this.isOurHost(request) : this.refusalOf(request) === null;
  }

  /** Whether the Host header names us: a page that was rebound to this address by DNS names somebody else. */
  isOurHost(request: IncomingMessage): boolean {
    const host = hostOf(request.headers.host);
    return host !== null && this.#hosts.has(host.hostname);
  }

  /** The hosts, with ports, at which this request's browser sees us. */
  hostsOf(request: IncomingMessage): string[] {
    const host = hostOf(request.headers.host)?.host;
    return [...new Set([host, this.#public?.host].filter((one) => one !== undefined))];
  }

  /** Whether an Origin, where a browser sent one, is exactly ours; a request without one is a program's. */
  isOurOrigin(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined || origin === this.#public?.origin) return true;
    const host = hostOf(request.headers.host);
    // A name that is reached by the proxy's https is not ours by http.
    return host !== null && host.hostname !== this.#public?.hostname && origin === host.origin;
  }

  /**
   * Whether a page of another site, or of another port of this host, sent this: to embed, to read or to write. That
   * somebody follows a link to us is no such thing.
   */
  isForeign({ headers, method }: IncomingMessage): boolean {
    const site = headers["sec-fetch-site"];
    if (site === undefined || site === "same-origin" || site === "none") return false;
    return !(
      method === "GET" &&
      headers["sec-fetch-mode"] === "navigate" &&
      headers["sec-fetch-dest"] === "document"
    );
  }
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

/** A host, with a port or without, taken apart; null for what is none. */
function hostOf(host: string | undefined): URL | null {
  if (host === undefined || /[\s/\\?#@]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`);
}

const unauthorized = () =>
  new ShotboardError("UNAUTHORIZED", "This Shotboard asks for its token.", {
    reason: "unauthorized",
    remedy: "Send it as `Authorization: Bearer …`.",
  });

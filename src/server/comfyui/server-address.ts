import { isForbiddenHost } from "./forbidden-address";

/** Where a ComfyUI server is, taken apart once. */
export interface ServerAddress {
  /** Without a slash at the end. */
  readonly url: string;
  readonly hostname: string;
  /** Sent with every request and with the WebSocket's handshake; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address of a path below the server, e.g. `http("history/1")`. */
  http(path: string): string;
  /** The address of the WebSocket for one client id. */
  socket(clientId: string): string;
}

/** Why an address is none that a ComfyUI may have. Its message does not repeat what may be a password. */
export class AddressError extends TypeError {
  override name = "AddressError";
  readonly reason: "bad_address" | "credentials_in_address" | "address_refused";

  constructor(reason: AddressError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Reads a server's URL (http or https, a base path allowed).
 * @throws AddressError for anything else, for a name and password in it, and for a cloud's metadata service
 */
export function parseServerAddress(url: string, headers: Record<string, string> = {}): ServerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new AddressError(
      "bad_address",
      `Expected the address of a ComfyUI server like http://127.0.0.1:8188, got "${withoutLogin(url)}".`,
    );
  if (parsed.username || parsed.password)
    throw new AddressError(
      "credentials_in_address",
      "An address with a name and password in it would be shown to everybody here.",
    );
  if (isForbiddenHost(parsed.hostname))
    throw new AddressError(
      "address_refused",
      `${parsed.hostname} is an address of the machine's own network service, never a ComfyUI's.`,
    );
  const base = `${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`;
  const isSecure = parsed.protocol === "https:";
  return {
    url: `${parsed.protocol}//${base}`,
    hostname: parsed.hostname,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    http: (path) => `${parsed.protocol}//${base}/${path}`,
    socket: (clientId) => `${isSecure ? "wss" : "ws"}://${base}/ws?clientId=${encodeURIComponent(clientId)}`,
  };
}

const withoutLogin = (text: string) => text.replace(/\/\/.*@/, "//…@");

/** Where a ComfyUI server is, taken apart once. */
export interface ServerAddress {
  /** For messages and logs: without name and password, without a slash at the end. */
  readonly url: string;
  /** Sent with every request and with the WebSocket's handshake; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address of a path below the server, e.g. `http("history/1")`. */
  http(path: string): string;
  /** The address of the WebSocket for one client id. */
  socket(clientId: string): string;
}

/**
 * Reads a server's URL (http or https, a base path allowed). A name and password in it become a Basic
 * authorization header, since fetch refuses them in a URL. Throws TypeError for anything else.
 */
export function parseServerAddress(url: string, headers: Record<string, string> = {}): ServerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError(`Expected the address of a ComfyUI server like http://127.0.0.1:8188, got "${url}".`);
  }
  const sent: Record<string, string> = {};
  if (parsed.username || parsed.password) {
    const login = `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`;
    sent.authorization = `Basic ${Buffer.from(login).toString("base64")}`;
  }
  for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value;
  const base = `${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`;
  const isSecure = parsed.protocol === "https:";
  return {
    url: `${parsed.protocol}//${base}`,
    headers: sent,
    http: (path) => `${parsed.protocol}//${base}/${path}`,
    socket: (clientId) => `${isSecure ? "wss" : "ws"}://${base}/ws?clientId=${encodeURIComponent(clientId)}`,
  };
}

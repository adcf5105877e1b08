import type { ServerResponse } from "node:http";

/** What every answer says to browsers: nobody else embeds it or guesses its type, and it tells nobody its address. */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  // Of what is no page, nothing may run, wherever it is shown.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
}

interface PagePolicy {
  /** Of this answer alone. */
  nonce: string;
  /** The hosts, with ports, at which a browser sees us. */
  hosts: readonly string[];
  /** Whether pages reload while they are worked on, which takes `eval`. */
  isDevelopment: boolean;
}

/** The content-security-policy of a page: scripts by this answer's nonce alone, everything else from us alone. */
export function pagePolicy({ nonce, hosts, isDevelopment }: PagePolicy): string {
  const sockets = hosts.flatMap((host) => [`ws://${host}`, `wss://${host}`]);
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Components write style attributes, whose contents no nonce or hash covers.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(" "),
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

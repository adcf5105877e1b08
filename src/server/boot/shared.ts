import type { AppCaller } from "@/server/trpc/router";

/**
 * What the custom server lends to the pages. A module imported by both exists once in each bundle, so nothing
 * but types and this slot is shared: pages call the API in the same process, typed, without an HTTP hop.
 */
export interface Shared {
  /** The API with the rights of who may see pages. */
  caller: AppCaller;
  /** Whether a browser with this cookie may see pages. */
  isAllowed(cookie: string | undefined): boolean;
  version: string;
}

const slot = Symbol.for("shotboard.shared");
const holder = globalThis as typeof globalThis & { [slot]?: Shared };

/** The running server's share. Throws where pages are rendered without it (`next start`). */
export function shared(): Shared {
  const value = holder[slot];
  if (!value) throw new Error("Shotboard's pages are served by its own server: start it with `npm start`.");
  return value;
}

/** Called once by the server, before it answers. */
export function share(value: Shared): void {
  holder[slot] = value;
}

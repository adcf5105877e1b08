import { subscribe, unsubscribe } from "node:diagnostics_channel";

export interface RequestLog extends Disposable {
  /** `METHOD /path` of each request, in order. */
  requests: string[];
}

/** Notes every request that this process sends to that server, as Node's own fetch tells of it. */
export function requestsTo(url: string): RequestLog {
  const requests: string[] = [];
  const note = (message: unknown) => {
    const { request } = message as { request: { origin: string; method: string; path: string } };
    if (request.origin === url) requests.push(`${request.method} ${request.path}`);
  };
  subscribe("undici:request:create", note);
  return { requests, [Symbol.dispose]: () => void unsubscribe("undici:request:create", note) };
}

import { ComfyError } from "./comfy-error";

const timedOut = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "ETIMEDOUT",
]);
const cut = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);
const unknownName = new Set(["ENOTFOUND", "EAI_AGAIN"]);

/** The code of what broke a connection (`ECONNREFUSED`), found in an error's causes; null if it has none. */
function connectionCode(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return connectionCode(at.errors[0]);
  }
  return null;
}

/** Whether a connection was cut, as an idle one is that the server closed just as it was used again. */
export function isCutConnection(error: unknown): boolean {
  return cut.has(connectionCode(error) ?? "");
}

/** A failed fetch as a sentence. `url` names the server. */
export function connectionError(url: string, error: unknown): ComfyError {
  const code = connectionCode(error);
  return new ComfyError("unreachable", "lane", `ComfyUI at ${url} does not answer: ${reason(code)}.`, {
    remedy: "Check that ComfyUI runs, and that this is its address.",
    details: { code, message: error instanceof Error ? error.message : String(error) },
    cause: error,
  });
}

const secondsOf = (ms: number) => (ms >= 1000 ? `${Math.round(ms / 1000)} s` : `${ms} ms`);

/** A server whose answer did not come to an end within `ms`. */
export function endlessError(url: string, ms: number): ComfyError {
  return new ComfyError(
    "unreachable",
    "lane",
    `ComfyUI at ${url} answers too slowly: its answer was not whole after ${secondsOf(ms)}.`,
    { remedy: "Check the network between Shotboard and ComfyUI, and what stands between them." },
  );
}

/** A name that leads to a cloud's metadata service, where nothing of ours is sent. */
export function forbiddenError(url: string, ip: string): ComfyError {
  return new ComfyError(
    "refused",
    "lane",
    `The name in ${url} leads to ${ip}, an address of the machine's own network service, never a ComfyUI's.`,
    { remedy: "Give the address of ComfyUI itself, or correct the name." },
  );
}

/** A server that took the connection and then said nothing for `ms`. */
export function silenceError(url: string, ms: number): ComfyError {
  return new ComfyError(
    "unreachable",
    "lane",
    `ComfyUI at ${url} does not answer: nothing came within ${secondsOf(ms)}.`,
    {
      remedy: "It may be busy loading a model; if this lasts, restart ComfyUI.",
    },
  );
}

function reason(code: string | null): string {
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === null) return "the connection failed";
  if (unknownName.has(code)) return "the name of the server is not known";
  if (timedOut.has(code)) return "the connection timed out";
  if (cut.has(code)) return "the connection was cut";
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return `its certificate is not trusted (${code})`;
  return `the connection failed (${code})`;
}

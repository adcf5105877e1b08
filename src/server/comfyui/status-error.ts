import { ComfyError } from "./comfy-error";

const loginRemedy = "If it stands behind a login, give the headers that the login asks for.";

/** An answer with a status that nothing else explains, as a sentence. `text` is its body's beginning. */
export function statusError(url: string, status: number, text: string): ComfyError {
  const details = { status, text: text.slice(0, 500) };
  if (status === 401 || status === 403 || status === 407) {
    return new ComfyError("refused", "lane", `ComfyUI at ${url} refused the request (HTTP ${status}).`, {
      remedy: loginRemedy,
      details,
    });
  }
  if (status === 502 || status === 503 || status === 504) {
    return new ComfyError("unreachable", "lane", `ComfyUI at ${url} is not available (HTTP ${status}).`, {
      remedy: "Check that ComfyUI runs behind that address.",
      details,
    });
  }
  if (status >= 500) {
    return new ComfyError("server_error", "transient", `ComfyUI at ${url} failed inside (HTTP ${status}).`, {
      remedy: "ComfyUI's own console says why.",
      details,
    });
  }
  if (status === 404 || status === 405)
    return notComfyError(url, `it does not know the address (HTTP ${status})`, details);
  return new ComfyError("refused", "permanent", `ComfyUI at ${url} refused the request (HTTP ${status}).`, {
    details,
  });
}

/** A server that answers, but not as ComfyUI does. `why` completes the sentence. */
export function notComfyError(url: string, why: string, details?: unknown): ComfyError {
  return new ComfyError("not_comfyui", "lane", `What answers at ${url} does not look like ComfyUI: ${why}.`, {
    remedy: "Give the address of ComfyUI itself.",
    details,
  });
}

/** A redirect, which is never followed: it could lead a request anywhere. */
export function redirectError(url: string, status: number, location: string | null): ComfyError {
  const target = location && URL.canParse(location, url) ? new URL(location, url) : null;
  const where = target ? ` to ${target.origin}${target.pathname}` : "";
  return new ComfyError("refused", "lane", `ComfyUI at ${url} redirects${where} instead of answering.`, {
    remedy: `Give the address where ComfyUI itself answers. ${loginRemedy}`,
    details: { status, location },
  });
}

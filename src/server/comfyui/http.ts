import { WholeBody } from "./body-collector";
import type { BodyCollector } from "./body-collector";
import { ComfyError } from "./comfy-error";
import {
  connectionError,
  endlessError,
  forbiddenError,
  isCutConnection,
  silenceError,
} from "./connection-error";
import { findForbidden } from "./forbidden-address";
import { parsePythonJson } from "./parse-json";
import type { ServerAddress } from "./server-address";
import { notComfyError, redirectError } from "./status-error";
import type { Timings } from "./timings";

const MB = 1024 * 1024;
const jsonLimitBytes = 64 * MB;
export const downloadLimitBytes = 500 * MB;

export interface Answer {
  status: number;
  bytes: Uint8Array;
}

interface RequestOptions {
  signal?: AbortSignal;
  /** Longest silence of the server, in milliseconds. */
  timeoutMs?: number;
  /** Longest time until the answer is whole, in milliseconds; never less than the silence. */
  totalMs?: number;
  /** Longest body of an answer, in bytes. */
  limitBytes?: number;
  /** What keeps the answer's body; all of it unless told. */
  collect?: () => BodyCollector;
}

/** Requests to one ComfyUI server. Every failure is a ComfyError, except an abort, which throws the signal's reason. */
export interface ComfyHttp {
  readonly address: ServerAddress;
  get(path: string, options?: RequestOptions): Promise<Answer>;
  post(path: string, body: string | FormData, options?: RequestOptions): Promise<Answer>;
  /** The JSON of an answer; `not_comfyui` if it is none. */
  json(answer: Answer): unknown;
}

export function createHttp(address: ServerAddress, timings: Timings): ComfyHttp {
  let looked: { at: number; forbidden: Promise<string | null> } | null = null;

  async function send(
    path: string,
    init: { method: string; body?: string | FormData },
    options: RequestOptions,
  ) {
    const timeoutMs = options.timeoutMs ?? timings.requestTimeoutMs;
    const totalMs = Math.max(options.totalMs ?? timings.requestTotalMs, timeoutMs);
    const silence = new AbortController();
    const whole = new AbortController();
    const timer = setTimeout(() => silence.abort(), timeoutMs);
    const end = setTimeout(() => whole.abort(), totalMs);
    const signal = AbortSignal.any([
      silence.signal,
      whole.signal,
      ...(options.signal ? [options.signal] : []),
    ]);
    const headers: Record<string, string> = { ...address.headers, "accept-encoding": "identity" };
    if (typeof init.body === "string") headers["content-type"] = "application/json";
    try {
      await refuseForbidden(signal);
      const response = await fetch(address.http(path), { ...init, headers, redirect: "manual", signal });
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw redirectError(address.url, response.status, response.headers.get("location"));
      }
      const bytes = await readBody(response, options, () => timer.refresh());
      return { status: response.status, bytes };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (silence.signal.aborted) throw silenceError(address.url, timeoutMs);
      if (whole.signal.aborted) throw endlessError(address.url, totalMs);
      throw error;
    } finally {
      clearTimeout(timer);
      clearTimeout(end);
    }
  }

  /** Looks now and then at what the server's name leads to: that may change, and never be a metadata service. */
  async function refuseForbidden(signal: AbortSignal): Promise<void> {
    if (!looked || Date.now() - looked.at > timings.nameTtlMs)
      looked = { at: Date.now(), forbidden: findForbidden(address.hostname) };
    const gone = new Promise<never>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
    );
    const forbidden = await Promise.race([looked.forbidden, gone]);
    if (forbidden !== null) throw forbiddenError(address.url, forbidden);
  }

  async function readBody(
    response: Response,
    { limitBytes: limit = jsonLimitBytes, collect }: RequestOptions,
    onChunk: () => void,
  ): Promise<Uint8Array> {
    if (!response.body) return new Uint8Array();
    const collector = collect?.() ?? new WholeBody();
    // Leaving the loop early cancels the body.
    for await (const chunk of response.body) {
      onChunk();
      if (collector.add(chunk) > limit) {
        throw new ComfyError(
          "too_large",
          "permanent",
          `ComfyUI at ${address.url} sent more than ${Math.floor(limit / MB)} MB, which is more than expected.`,
        );
      }
    }
    return collector.take();
  }

  const explained = (error: unknown, signal?: AbortSignal): unknown => {
    signal?.throwIfAborted();
    return error instanceof ComfyError ? error : connectionError(address.url, error);
  };

  return {
    address,
    async get(path, options = {}) {
      try {
        // Reading twice does no harm, and the kept-alive connection may have been closed meanwhile.
        return await send(path, { method: "GET" }, options).catch((error: unknown) => {
          if (!isCutConnection(error)) throw error;
          return send(path, { method: "GET" }, options);
        });
      } catch (error) {
        throw explained(error, options.signal);
      }
    },
    async post(path, body, options = {}) {
      try {
        return await send(path, { method: "POST", body }, options);
      } catch (error) {
        throw explained(error, options.signal);
      }
    },
    json(answer) {
      const text = new TextDecoder().decode(answer.bytes);
      try {
        return parsePythonJson(text);
      } catch {
        const what = /^\s*</.test(text)
          ? "it sent a web page instead of JSON"
          : "it sent something that is not JSON";
        throw notComfyError(address.url, what, { status: answer.status, text: text.slice(0, 500) });
      }
    },
  };
}

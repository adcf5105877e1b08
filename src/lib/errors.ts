/** What went wrong, as a class of answer: the same words that tRPC uses for its codes. */
export type ErrorCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_SUPPORTED"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "UNPROCESSABLE_CONTENT"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

export const HTTP_STATUS: Record<ErrorCode, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE_CONTENT: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

export interface ErrorDetails {
  /** Machine-readable reason, snake_case. */
  reason: string;
  /** The input field at fault, dotted (`sentences.3.text`), if there is one. */
  field?: string | null;
  /** What the user can do about it, as a sentence. */
  remedy?: string | null;
  /** Seconds after which it may be tried again, where that is known. */
  retryAfter?: number;
}

/**
 * An error that is the caller's to read: a sentence, the field at fault and what to do. Every front door
 * translates it the same way; anything else that is thrown is a bug and answers as an internal error.
 */
export class ShotboardError extends Error {
  override name = "ShotboardError";
  readonly code: ErrorCode;
  readonly reason: string;
  readonly field: string | null;
  readonly remedy: string | null;
  readonly retryAfter: number | null;

  constructor(code: ErrorCode, message: string, details: ErrorDetails) {
    super(message);
    this.code = code;
    this.reason = details.reason;
    this.field = details.field ?? null;
    this.remedy = details.remedy ?? null;
    this.retryAfter = details.retryAfter ?? null;
  }
}

/** The thing that an id names does not exist. */
export function notFound(what: string, id: string, field: string): ShotboardError {
  return new ShotboardError("NOT_FOUND", `There is no ${what} with the id "${id}".`, {
    reason: `${what.replaceAll(" ", "_")}_not_found`,
    field,
    remedy: `Check the id, or list what exists.`,
  });
}

/** The input is well-formed but cannot be carried out. */
export function badRequest(
  reason: string,
  message: string,
  field: string | null = null,
  remedy: string | null = null,
): ShotboardError {
  return new ShotboardError("BAD_REQUEST", message, { reason, field, remedy });
}

/** The change collides with what is there. */
export function conflict(
  reason: string,
  message: string,
  field: string | null = null,
  remedy: string | null = null,
): ShotboardError {
  return new ShotboardError("CONFLICT", message, { reason, field, remedy });
}

import { ZodError } from "zod";
import { isDatabaseAway } from "./database-away";
import { diskProblemOf } from "./disk-problem";
import { HTTP_STATUS, ShotboardError, type ErrorCode } from "./errors";
import { LIMITS } from "./limits";

/** An error as every front door answers it. */
export interface ErrorAnswer {
  code: ErrorCode;
  httpStatus: number;
  message: string;
  reason: string;
  field: string | null;
  remedy: string | null;
}

/** The one mapper from whatever was thrown to an answer; what nobody meant for the caller stays unnamed. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  // What a schema refuses below an internal error is our own answer or a stored value, not what the caller sent.
  let isInternal = false;
  for (
    let one: unknown = error, depth = 0;
    one !== null && typeof one === "object" && depth < 5;
    depth += 1
  ) {
    if (one instanceof ShotboardError) {
      const { code, message, reason, field, remedy } = one;
      return { code, httpStatus: HTTP_STATUS[code], message, reason, field, remedy };
    }
    if (one instanceof ZodError && !isInternal) return fromZod(one);
    const { code, cause } = one as { code?: unknown; cause?: unknown };
    isInternal ||= code === "INTERNAL_SERVER_ERROR";
    one = cause;
  }
  if (isDatabaseAway(error))
    return {
      code: "SERVICE_UNAVAILABLE",
      httpStatus: HTTP_STATUS.SERVICE_UNAVAILABLE,
      message: "Shotboard's database does not answer.",
      reason: "database_away",
      field: null,
      remedy: "Try again in a moment. Nothing that was stored is lost.",
    };
  return fromCode(error);
}

function fromZod(error: ZodError): ErrorAnswer {
  const [issue] = error.issues;
  const path = issue ? [...issue.path] : [];
  if (issue?.code === "unrecognized_keys" && issue.keys[0] !== undefined) path.push(issue.keys[0]);
  const field = path.length === 0 ? null : path.map(String).join(".");
  const message =
    issue?.code === "unrecognized_keys"
      ? "This field is not known here."
      : (issue?.message ?? "The input is not valid.");
  return {
    code: "BAD_REQUEST",
    httpStatus: 400,
    message: field === null ? message : `${field}: ${message}`,
    reason: "invalid_input",
    field,
    remedy: "Correct it and send it again. Nothing was changed.",
  };
}

/** tRPC's own errors carry a code and a sentence that may be shown; anything else is a bug. */
function fromCode(error: unknown): ErrorAnswer {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // tRPC's own sentence for it is the bare code.
  if (code === "PAYLOAD_TOO_LARGE")
    return {
      code,
      httpStatus: HTTP_STATUS[code],
      message: `The body has more than ${LIMITS.callBytes / 1024 / 1024} MB.`,
      reason: "body_too_large",
      field: null,
      remedy: "Send less at once.",
    };
  const disk = diskProblemOf(error);
  if (disk)
    return {
      code: "SERVICE_UNAVAILABLE",
      httpStatus: HTTP_STATUS.SERVICE_UNAVAILABLE,
      message: disk.message,
      reason: disk.code,
      field: null,
      remedy: disk.remedy.replace("the queue goes on by itself", "then try again"),
    };
  const known =
    typeof code === "string" && code !== "INTERNAL_SERVER_ERROR" && Object.hasOwn(HTTP_STATUS, code);
  if (known)
    return {
      code: code as ErrorCode,
      httpStatus: HTTP_STATUS[code as ErrorCode],
      message: String(message),
      reason: code.toLowerCase(),
      field: null,
      remedy: null,
    };
  if (code === "PARSE_ERROR")
    return {
      code: "BAD_REQUEST",
      httpStatus: 400,
      message: "The request is not valid JSON.",
      reason: "parse_error",
      field: null,
      remedy: "Correct it and send it again.",
    };
  return {
    code: "INTERNAL_SERVER_ERROR",
    httpStatus: 500,
    message: "Something went wrong inside Shotboard. Nothing that was stored is lost.",
    reason: "internal",
    field: null,
    remedy: "Try again; if it stays, the server's log says what happened.",
  };
}

import { TRPCClientError } from "@trpc/client";
import { ShotboardError } from "@/lib/errors";
import type { AppRouter } from "@/server/trpc/router";

/** What went wrong, as the pages show it. */
export interface Problem {
  message: string;
  /** The input at fault, dotted, if there is one. */
  field: string | null;
  remedy: string | null;
  /** Machine-readable reason, `unreachable` where no answer came. */
  reason: string;
}

/** An error of a call, or of our own check, as a problem. What is not the API's own answer means that the server was not reached. */
export function toProblem(error: unknown): Problem {
  if (isApiError(error) && error.data) {
    const { field, remedy, reason } = error.data;
    // The field's name is for programs; people see where the message stands.
    const prefix = `${field}: `;
    const message =
      field !== null && error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
    return { message, field, remedy, reason };
  }
  if (error instanceof ShotboardError) {
    const { message, field, remedy, reason } = error;
    return { message, field, remedy, reason };
  }
  return {
    message: "Shotboard's server did not answer.",
    field: null,
    remedy: "Check that it is running. What you typed is kept here; try again then.",
    reason: "unreachable",
  };
}

/** Whether the API refused, so that asking again would be answered the same way. */
export function isRefusal(error: unknown): boolean {
  return isApiError(error) && error.data != null && error.data.httpStatus < 500;
}

function isApiError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}

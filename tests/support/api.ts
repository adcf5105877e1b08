import { TRPCClientError } from "@trpc/client";
import type { ErrorAnswer } from "@/lib/to-error-answer";

export type Refusal = ErrorAnswer;

export interface Answer<T = Record<string, unknown>> {
  status: number;
  /** What it answered, where it did. */
  data: T | null;
  /** What it was refused with, in the one error shape, where it was. */
  error: Refusal | null;
}

/** Calls a procedure as a program without our client does: plain JSON over HTTP. */
export async function callTrpc<T = Record<string, unknown>>(
  app: { url: string },
  name: string,
  kind: "query" | "mutation",
  input?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await fetch(
    `${app.url}/api/trpc/${name}${kind === "query" ? query : ""}`,
    kind === "query"
      ? { headers }
      : {
          method: "POST",
          headers: { ...headers, ...(input !== undefined && { "content-type": "application/json" }) },
          ...(input !== undefined && { body: JSON.stringify(input) }),
        },
  );
  const body = (await answer.json()) as {
    result?: { data: T };
    error?: { message: string; data: Omit<Refusal, "message"> };
  };
  return {
    status: answer.status,
    data: body.result?.data ?? null,
    error: body.error ? { message: body.error.message, ...body.error.data } : null,
  };
}

/** Calls an address of the REST API. */
export async function callRest<T = Record<string, unknown>>(
  app: { url: string },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const answer = await fetch(`${app.url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const envelope = (await answer.json()) as {
    success: boolean;
    data?: T;
    error?: Omit<Refusal, "httpStatus">;
  };
  if (envelope.success !== answer.ok)
    throw new Error(`success is ${envelope.success} with status ${answer.status}`);
  return {
    status: answer.status,
    data: envelope.data ?? null,
    error: envelope.error ? { httpStatus: answer.status, ...envelope.error } : null,
  };
}

/** What our own client's call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError && error.data)
      return { message: error.message, ...(error.data as Omit<Refusal, "message">) };
    throw error;
  }
  throw new Error("The call was not refused.");
}

import { initTRPC, TRPCError } from "@trpc/server";
import { toErrorAnswer } from "@/lib/to-error-answer";
import type { ServiceContext } from "@/server/services/context";

/** What every call comes with. */
export interface ApiContext {
  services: ServiceContext;
  /** Whether the caller showed the token, or none is needed. */
  isAllowed: boolean;
  /** True while the caller's connection has more to send than it should hold. */
  isCongested: () => boolean;
}

const trpc = initTRPC.context<ApiContext>().create({
  errorFormatter: ({ shape, error }) => {
    const { message, code, httpStatus, reason, field, remedy } = toErrorAnswer(error);
    return { ...shape, message, data: { code, httpStatus, reason, field, remedy } };
  },
});

export const { router, createCallerFactory } = trpc;

/** Checks the token, and turns what a verb throws into tRPC's codes: the one place that does. */
export const procedure = trpc.procedure.use(async ({ ctx, next, path }) => {
  if (!ctx.isAllowed)
    throw new TRPCError({
      code: "UNAUTHORIZED",
      message: "This Shotboard asks for a token: send it as `Authorization: Bearer …`.",
    });
  const result = await next();
  if (result.ok) return result;
  const answer = toErrorAnswer(result.error);
  if (answer.httpStatus >= 500)
    ctx.services.log.error("A call failed", { path, error: result.error.cause ?? result.error });
  if (result.error.code !== "INTERNAL_SERVER_ERROR" || answer.code === "INTERNAL_SERVER_ERROR") return result;
  throw new TRPCError({ code: answer.code, message: answer.message, cause: result.error.cause });
});

import { initTRPC, TRPCError } from "@trpc/server";
import type { ShotboardError } from "@/lib/errors";
import { toErrorAnswer } from "@/lib/to-error-answer";
import type { ServiceContext } from "@/server/services/context";

/** What every call comes with. */
export interface ApiContext {
  services: ServiceContext;
  /** Why the caller is not let in; null where the token was shown, or none is asked for. */
  refusal: ShotboardError | null;
  /** True while the caller's connection has more to send than it should hold. */
  isCongested: () => boolean;
  /**
   * Notes that a subscription begins on the caller's connection; what it answers notes the end.
   * @throws ShotboardError where it has too many
   */
  openSubscription: () => () => void;
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
  const { refusal } = ctx;
  if (refusal) throw new TRPCError({ code: refusal.code, message: refusal.message, cause: refusal });
  const result = await next();
  if (result.ok) return result;
  const answer = toErrorAnswer(result.error);
  // What is away (a ComfyUI, the database) is said to the caller, and is no fault of ours.
  const level = answer.code === "INTERNAL_SERVER_ERROR" ? "error" : "warn";
  if (answer.httpStatus >= 500)
    ctx.services.log[level]("A call failed", { path, error: result.error.cause ?? result.error });
  if (result.error.code !== "INTERNAL_SERVER_ERROR" || answer.code === "INTERNAL_SERVER_ERROR") return result;
  throw new TRPCError({ code: answer.code, message: answer.message, cause: result.error.cause });
});

import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { conflict, HTTP_STATUS, notFound, ShotboardError, type ErrorCode } from "@/lib/errors";
import { toErrorAnswer } from "@/lib/to-error-answer";

const thrown = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error;

describe("an error as every door answers it", () => {
  test("is our own with all that it says, also as the cause of another", () => {
    const error = notFound("take", "x", "takeId");
    const answer = {
      code: "NOT_FOUND",
      httpStatus: 404,
      message: 'There is no take with the id "x".',
      reason: "take_not_found",
      field: "takeId",
      remedy: "Check the id, or list what exists.",
    };
    expect(toErrorAnswer(error)).toEqual(answer);
    expect(toErrorAnswer(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }))).toEqual(answer);
    expect(toErrorAnswer(new Error("outer", { cause: new Error("inner", { cause: error }) }))).toEqual(
      answer,
    );
    expect(toErrorAnswer(conflict("in_use", "It is in use."))).toMatchObject({
      code: "CONFLICT",
      httpStatus: 409,
      field: null,
      remedy: null,
    });
  });

  test.each(Object.entries(HTTP_STATUS))("has for %s the status %i", (code, status) => {
    expect(toErrorAnswer(new ShotboardError(code as ErrorCode, "So.", { reason: "so" }))).toMatchObject({
      code,
      httpStatus: status,
    });
  });

  test("names the field that a schema refused, dotted, and an unknown one too", () => {
    const schema = z.strictObject({
      list: z.array(z.strictObject({ steps: z.int("Steps are a whole number.") })),
    });
    expect(toErrorAnswer(thrown(schema, { list: [{ steps: 1 }, { steps: "1" }] }))).toEqual({
      code: "BAD_REQUEST",
      httpStatus: 400,
      message: "list.1.steps: Steps are a whole number.",
      reason: "invalid_input",
      field: "list.1.steps",
      remedy: expect.any(String),
    });
    expect(toErrorAnswer(thrown(schema, { list: [{ steps: 1, more: 2 }] })).field).toBe("list.0.more");
    expect(toErrorAnswer(thrown(schema, null))).toMatchObject({
      field: null,
      message: expect.stringContaining("expected object"),
    });
  });

  test("of tRPC's own keeps its code, and broken JSON says so", () => {
    expect(toErrorAnswer(new TRPCError({ code: "UNAUTHORIZED", message: "No." }))).toMatchObject({
      code: "UNAUTHORIZED",
      httpStatus: 401,
      message: "No.",
    });
    expect(
      toErrorAnswer(new TRPCError({ code: "PARSE_ERROR", message: "Unexpected token }" })),
    ).toMatchObject({ code: "BAD_REQUEST", httpStatus: 400, message: "The request is not valid JSON." });
    expect(toErrorAnswer(new TRPCError({ code: "METHOD_NOT_SUPPORTED" }))).toMatchObject({ httpStatus: 405 });
    expect(toErrorAnswer(new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE" }))).toMatchObject({
      httpStatus: 415,
    });
  });

  test.each([
    new Error("password=secret"),
    new TypeError("x is not a function"),
    "text",
    null,
    undefined,
    5,
    { code: "ENOENT", message: "/home/secret" },
    { code: "toString" },
  ])("that nobody meant for the caller says nothing of itself: %s", (error) => {
    const answer = toErrorAnswer(error);
    expect(answer).toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
      httpStatus: 500,
      reason: "internal",
      field: null,
    });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  test("that a schema found in what we answered is a bug of ours, not of the input", () => {
    const cause = thrown(z.object({ id: z.string() }), {});
    const error = new TRPCError({
      code: "INTERNAL_SERVER_ERROR",
      message: "Output validation failed",
      cause,
    });
    expect(toErrorAnswer(error)).toMatchObject({ httpStatus: 500, reason: "internal", field: null });
    expect(toErrorAnswer(new TRPCError({ code: "BAD_REQUEST", cause }))).toMatchObject({
      httpStatus: 400,
      field: "id",
    });
  });

  test.each(["CONNECTION_CLOSED", "57P03", "ECONNREFUSED", "08006"])(
    "of a database that is away says so, and not who was asked: %s",
    (code) => {
      const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code });
      const answer = toErrorAnswer(
        new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: new Error("q", { cause }) }),
      );
      expect(answer).toMatchObject({ httpStatus: 503, reason: "database_away" });
      expect(JSON.stringify(answer)).not.toContain("10.0.0.5");
    },
  );

  test("of a ComfyUI that is away is not taken for the database's", () => {
    const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const error = Object.assign(new Error("ComfyUI does not answer.", { cause }), { name: "ComfyError" });
    expect(toErrorAnswer(error).reason).toBe("internal");
  });

  test("that is its own cause does not go round for ever", () => {
    const error = new Error("round");
    error.cause = error;
    expect(toErrorAnswer(error).httpStatus).toBe(500);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visualStyles } from "@/server/db/schema";
import { appRouter } from "@/server/trpc/router";
import { callTrpc } from "../../support/api";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";
import { CALLS, PROCEDURES, WITHOUT_INPUT } from "./procedures";

let app: TestApp;
let before: unknown;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
  before = await dumpDatabase(app.runtime.services.database);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

test("the router has these procedures and no others, each a query, a mutation or a subscription", () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const kinds = Object.entries(procedures).map(([name, procedure]) => [name, procedure._def.type]);
  expect(Object.fromEntries(kinds)).toEqual(
    Object.fromEntries(PROCEDURES.map(({ name, kind }) => [name, kind])),
  );
});

describe("a list whose fields are all optional", () => {
  test.each(["project.list", "model.list", "style.list", "character.list"])(
    "%s may be called without input",
    async (name) => {
      for (const input of [undefined, {}]) {
        const { status, data } = await callTrpc<{ items: unknown[]; nextCursor: null }>(
          app,
          name,
          "query",
          input,
        );
        expect(status).toBe(200);
        expect(data).toEqual({ items: expect.any(Array), nextCursor: null });
        expect(data?.items.length).toBeGreaterThan(0);
      }
    },
  );

  test.each(["project.list", "model.list", "style.list", "character.list"])(
    "%s is read page by page, each thing once",
    async (name) => {
      const whole = await callTrpc<{ items: { id: string }[] }>(app, name, "query");
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const input = { limit: 1, ...(cursor !== null && { cursor }) };
        const page: { data: { items: { id: string }[]; nextCursor: string | null } | null } = await callTrpc(
          app,
          name,
          "query",
          input,
        );
        ids.push(...page.data!.items.map((one) => one.id));
        cursor = page.data!.nextCursor;
      } while (cursor !== null);
      expect(ids).toEqual(whole.data?.items.map((one) => one.id));
    },
  );

  const encode = (text: string) => Buffer.from(text).toString("base64url");
  test.each([
    ["no limit", { limit: 0 }, "limit"],
    ["a limit of 201", { limit: 201 }, "limit"],
    ["an empty cursor", { cursor: "" }, "cursor"],
    ["a made-up cursor", { cursor: "abc" }, "cursor"],
    ["a cursor in the year 0", { cursor: encode("0000-01-01T00:00:00.000Z a") }, "cursor"],
    ["a cursor in the year 275,760", { cursor: encode("+275760-09-13T00:00:00.000Z a") }, "cursor"],
    ["a cursor with a NUL", { cursor: encode("2026-01-01T00:00:00.000Z a\u0000") }, "cursor"],
    ["a cursor without an id", { cursor: encode("2026-01-01T00:00:00.000Z") }, "cursor"],
    ["a cursor that is too long", { cursor: "x".repeat(401) }, "cursor"],
  ])("refuses %s", async (_, input, field) => {
    for (const name of ["project.list", "model.list", "style.list", "character.list"])
      expect(await callTrpc(app, name, "query", input)).toMatchObject({ status: 400, error: { field } });
  });
});

describe("every procedure", () => {
  const withId = CALLS.filter((one) => one.id !== null);

  test.each(withId)(
    "$name answers 404 for an id that names nothing, and names $id",
    async ({ name, kind, input, id }) => {
      const { status, error } = await callTrpc(app, name, kind, input);
      expect(error).toEqual({
        code: "NOT_FOUND",
        httpStatus: 404,
        reason: expect.stringMatching(/^[a-z_]+_not_found$/),
        field: id,
        message: expect.stringContaining(String(input[id!])),
        remedy: expect.any(String),
      });
      expect(status).toBe(404);
    },
  );

  const tricks = [
    "../../etc/passwd",
    "..",
    "a/b",
    "a\\b",
    "A",
    "-a",
    "a.png",
    "a b",
    "ä",
    "a\u0000",
    "%2e%2e",
    "x".repeat(65),
    "",
    null,
    5,
    ["a"],
    {},
  ];
  test.each(withId)("$name refuses an id that is none, and names $id", async ({ name, kind, input, id }) => {
    const answers = await Promise.all(
      tricks.map((trick) => callTrpc(app, name, kind, { ...input, [id!]: trick })),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 400,
        error: { code: "BAD_REQUEST", httpStatus: 400, reason: "invalid_input", field: id },
      });
  });

  test.each(CALLS.filter((one) => !WITHOUT_INPUT.includes(one.name)))(
    "$name refuses a field that it does not know, and names it",
    async ({ name, kind, input }) => {
      const { status, error } = await callTrpc(app, name, kind, { ...input, surprise: 1 });
      expect(error).toMatchObject({ code: "BAD_REQUEST", field: "surprise", remedy: expect.any(String) });
      expect(status).toBe(400);
    },
  );

  test.each(CALLS.filter((one) => !WITHOUT_INPUT.includes(one.name)))(
    "$name refuses null, a list, a text and a number as its input",
    async ({ name, kind }) => {
      for (const input of [null, [], [{}], "text", 7])
        expect(await callTrpc(app, name, kind, input)).toMatchObject({
          status: 400,
          error: { code: "BAD_REQUEST", reason: "invalid_input" },
        });
    },
  );
});

test("none of this changed anything or was logged", async () => {
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  expect(app.logged).toEqual([]);
});

test("an answer of ours that breaks its own contract is a 500 that is logged, not a fault of the input", async () => {
  const { db } = app.runtime.services.database;
  await db.insert(visualStyles).values({ id: "Not An Id", name: "Broken", styleType: "prompt" });
  const { status, error } = await callTrpc(app, "style.list", "query");
  expect(status).toBe(500);
  expect(error).toMatchObject({
    code: "INTERNAL_SERVER_ERROR",
    httpStatus: 500,
    reason: "internal",
    field: null,
  });
  expect(app.logged).toEqual([
    { message: "A call failed", fields: expect.objectContaining({ path: "style.list" }) as object },
  ]);
});

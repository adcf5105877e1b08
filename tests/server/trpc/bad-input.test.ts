import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callRest, callTrpc } from "../../support/api";
import { dumpDatabase } from "../../support/dump-database";
import { startTestApp, type TestApp } from "../../support/test-app";
import { BAD_INPUTS, COLLISIONS } from "./bad-inputs";
import { NOBODY } from "./procedures";

let app: TestApp;
let projectId: string;
let sentenceId: string;
let foreignId: string;
let before: unknown;

beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
  const own = await app.project(2);
  projectId = own.projectId;
  sentenceId = own.sentenceIds[0]!;
  foreignId = (await app.project(1)).sentenceIds[0]!;
  before = await dumpDatabase(app.runtime.services.database);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const refused = (
  status: number,
  field: string | null,
  code = status === 404 ? "NOT_FOUND" : "BAD_REQUEST",
) => ({
  status,
  data: null,
  error: {
    code,
    httpStatus: status,
    field,
    message: expect.stringMatching(/\S/),
    reason: expect.stringMatching(/^[a-z_]+$/),
  },
});

describe("image.generate, over tRPC and REST alike,", () => {
  test.each<[string, () => Record<string, unknown>, number, string]>([
    ["steps 0", () => ({ steps: 0 }), 400, "steps"],
    ["steps 10,000", () => ({ steps: 10_000 }), 400, "steps"],
    ["steps 1.5", () => ({ steps: 1.5 }), 400, "steps"],
    ["steps as text", () => ({ steps: "8" }), 400, "steps"],
    ["steps null", () => ({ steps: null }), 400, "steps"],
    ["seed −1", () => ({ seed: -1 }), 400, "seed"],
    ["seed 2^53", () => ({ seed: 2 ** 53 }), 400, "seed"],
    ["seed 0.5", () => ({ seed: 0.5 }), 400, "seed"],
    ["cfg −1", () => ({ cfg: -1 }), 400, "cfg"],
    ["cfg 101", () => ({ cfg: 101 }), 400, "cfg"],
    ["takes 0", () => ({ takes: 0 }), 400, "takes"],
    ["takes 9", () => ({ takes: 9 }), 400, "takes"],
    ["priority 101", () => ({ priority: 101 }), 400, "priority"],
    ["priority −101", () => ({ priority: -101 }), 400, "priority"],
    [
      "200,000 ids",
      () => ({ sentenceIds: Array.from({ length: 200_000 }, () => sentenceId) }),
      400,
      "sentenceIds",
    ],
    ["an unknown sentence", () => ({ sentenceIds: [sentenceId, NOBODY] }), 404, "sentenceIds.1"],
    ["a sentence of another project", () => ({ sentenceIds: [foreignId] }), 404, "sentenceIds.0"],
    ["a path as a sentence", () => ({ sentenceIds: ["../x"] }), 400, "sentenceIds.0"],
    ["sentences that are no list", () => ({ sentenceIds: sentenceId }), 400, "sentenceIds"],
    ["an unknown model", () => ({ modelId: "nope" }), 404, "modelId"],
    ["an unknown style", () => ({ styleId: "nope" }), 404, "styleId"],
    ["an unknown legacy style", () => ({ style: "Nope" }), 404, "style"],
    ["an unknown character", () => ({ characterRefs: ["mira-solberg", "nope"] }), 404, "characterRefs.1"],
    [
      "101 characters",
      () => ({ characterRefs: Array.from({ length: 101 }, () => "mira-solberg") }),
      400,
      "characterRefs",
    ],
    [
      "references for a text-to-image model",
      () => ({ modelId: "z-image-turbo", characterRefs: ["mira-solberg"] }),
      400,
      "characterRefs",
    ],
    ["an empty idempotency key", () => ({ idempotencyKey: "" }), 400, "idempotencyKey"],
    ["an idempotency key with a NUL", () => ({ idempotencyKey: "a\u0000" }), 400, "idempotencyKey"],
    [
      "an idempotency key of 201 characters",
      () => ({ idempotencyKey: "x".repeat(201) }),
      400,
      "idempotencyKey",
    ],
    ["force as text", () => ({ force: "yes" }), 400, "force"],
    ["a field it does not know", () => ({ forced: true }), 400, "forced"],
  ])("refuses %s", async (_, input, status, field) => {
    const overTrpc = await callTrpc(app, "image.generate", "mutation", { projectId, ...input() });
    const overRest = await callRest(app, "POST", `/api/v1/projects/${projectId}/generate-images`, input());
    expect(overTrpc).toMatchObject(refused(status, field));
    expect(overRest).toEqual(overTrpc);
  });

  test("refuses a projectId in REST's body, which stands in the path", async () => {
    const answer = await callRest(app, "POST", `/api/v1/projects/${projectId}/generate-images`, {
      projectId,
    });
    expect(answer).toMatchObject(refused(400, "projectId"));
  });
});

describe("sentence.update, over tRPC and REST alike,", () => {
  test.each<[string, Record<string, unknown>, number, string]>([
    ["an empty text", { text: "  " }, 400, "text"],
    ["a text of 100,000 characters", { text: "x".repeat(100_000) }, 400, "text"],
    ["a text with a NUL", { text: "a\u0000b" }, 400, "text"],
    ["no text", { text: null }, 400, "text"],
    ["an image prompt of 20,000 characters", { imagePrompt: "x".repeat(20_000) }, 400, "imagePrompt"],
    ["seed −1", { seed: -1 }, 400, "seed"],
    ["an unknown model", { modelId: "nope" }, 404, "modelId"],
    ["an unknown style", { styleId: "nope" }, 404, "styleId"],
    ["an unknown character", { characterIds: ["nope"] }, 404, "characterIds"],
    ["a character that is a path", { characterIds: ["mira-solberg", "../x"] }, 400, "characterIds.1"],
    ["a lock that is null", { isLocked: null }, 400, "isLocked"],
    ["a field it does not know", { status: "completed" }, 400, "status"],
  ])("refuses %s", async (_, change, status, field) => {
    const overTrpc = await callTrpc(app, "sentence.update", "mutation", { sentenceId, ...change });
    const overRest = await callRest(app, "PATCH", `/api/v1/sentences/${sentenceId}`, change);
    expect(overTrpc).toMatchObject(refused(status, field));
    expect(overRest).toEqual(overTrpc);
  });
});

describe("project.create, over tRPC and REST alike,", () => {
  const section = (text: string) => [{ title: "One", sentences: [{ text: "Fine." }, { text }] }];
  test.each<[string, () => Record<string, unknown>, number, string]>([
    ["no name", () => ({ name: undefined }), 400, "name"],
    ["an empty name", () => ({ name: " " }), 400, "name"],
    ["a name of 201 characters", () => ({ name: "x".repeat(201) }), 400, "name"],
    ["a name with a NUL", () => ({ name: "a\u0000" }), 400, "name"],
    ["an empty script", () => ({ script: "" }), 400, "script"],
    ["a script of blanks", () => ({ script: " \n\n " }), 400, "script"],
    ["a script of headings", () => ({ script: "# One\n\n# Two" }), 400, "script"],
    ["a script of more than 2 MB", () => ({ script: "ä. ".repeat(700_000) }), 400, "script"],
    [
      "a script with a sentence of 100,000 characters",
      () => ({ script: `Fine. ${"x".repeat(100_000)}.` }),
      400,
      "script",
    ],
    ["a script of 10,001 sentences", () => ({ script: "So it is.\n\n".repeat(10_001) }), 400, "script"],
    ["a script and sections", () => ({ script: "One.", sections: section("Two.") }), 400, "sections"],
    [
      "a sentence of 100,000 characters",
      () => ({ sections: section("x".repeat(100_000)) }),
      400,
      "sections.0.sentences.1.text",
    ],
    ["an empty sentence", () => ({ sections: section("") }), 400, "sections.0.sentences.1.text"],
    [
      "1,001 sections",
      () => ({ sections: Array.from({ length: 1_001 }, () => ({ title: "x", sentences: [] })) }),
      400,
      "sections",
    ],
    ["an unknown model", () => ({ modelId: "nope" }), 404, "modelId"],
    ["an unknown style", () => ({ styleId: "nope" }), 404, "styleId"],
    ["a width that is no multiple of 16", () => ({ width: 1_000 }), 400, "width"],
    ["a height of 0", () => ({ height: 0 }), 400, "height"],
    ["a width of 100,000", () => ({ width: 100_000 }), 400, "width"],
  ])("refuses %s", async (_, input, status, field) => {
    const body = { name: "New", ...input() };
    const overTrpc = await callTrpc(app, "project.create", "mutation", body);
    const overRest = await callRest(app, "POST", "/api/v1/projects", body);
    expect(overTrpc).toMatchObject(refused(status, field));
    expect(overRest).toEqual(overTrpc);
  });

  test("refuses a character that there is not, naming its place", async () => {
    const sections = [{ title: "One", sentences: [{ text: "Fine.", characterIds: ["nope"] }] }];
    const answer = await callTrpc(app, "project.create", "mutation", { name: "New", sections });
    expect(answer).toMatchObject(refused(400, "sections.0.sentences.0.characterIds"));
  });
});

describe("the other procedures", () => {
  test.each(BAD_INPUTS)("refuse %s: %s", async (_, name, input, status, field) => {
    const answer = await callTrpc(app, name, "mutation", input({ projectId, sentenceId, foreignId }));
    expect(answer).toMatchObject(refused(status, field));
  });

  test.each(COLLISIONS)("answer 409 for %s: %s", async (_, name, input, status, field) => {
    const answer = await callTrpc(app, name, "mutation", input({ projectId, sentenceId, foreignId }));
    expect(answer).toMatchObject(refused(status, field, "CONFLICT"));
  });
});

test("none of this changed anything or was logged", async () => {
  expect(await dumpDatabase(app.runtime.services.database)).toEqual(before);
  expect(app.logged).toEqual([]);
});

test("the history of a lane whose name holds a NUL is refused, as any such text", async () => {
  const answer = await callTrpc(app, "queue.history", "query", { lane: "a\u0000" });
  expect(answer).toMatchObject(refused(400, "lane"));
  expect(app.logged).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callRest, callTrpc } from "../../support/api";
import { sendRaw } from "../../support/raw-http";
import { startTestApp, type TestApp } from "../../support/test-app";
import { NOBODY } from "../trpc/procedures";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ comfy: { files: { loras: [] } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Operation {
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
  responses: Record<string, unknown>;
}

describe("POST /api/v1/projects/:projectId/generate-images", () => {
  test("answers 202 to an empty body, and the pictures come", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    const answer = await fetch(`${app.url}/api/v1/projects/${projectId}/generate-images`, { method: "POST" });
    expect(answer.status).toBe(202);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const body = (await answer.json()) as { data: { jobIds: string[] } };
    const queued = {
      batchId: expect.any(String),
      jobIds: [expect.any(String), expect.any(String)],
      queued: 2,
      skipped: [],
      problems: [],
    };
    expect(body).toEqual({ success: true, data: queued });
    await app.settled(projectId);
    const job = await callRest(app, "GET", `/api/v1/jobs/${body.data.jobIds[0]}`);
    expect(job).toMatchObject({
      status: 200,
      data: { sentenceId: sentenceIds[0], status: "completed", progress: 100 },
    });
    const overTrpc = await callTrpc(app, "job.get", "query", { jobId: body.data.jobIds[0] });
    expect(job.data).toEqual(overTrpc.data);
    const nothing = await callRest(app, "POST", `/api/v1/projects/${projectId}/generate-images`, {});
    expect(nothing).toMatchObject({ status: 202, data: { batchId: null, queued: 0 } });
    expect(nothing.data?.["skipped"]).toHaveLength(2);
  });

  test("takes what image.generate takes", async () => {
    const { projectId, sentenceIds } = await app.project(2);
    const body = {
      sentenceIds: [sentenceIds[1]],
      takes: 2,
      seed: 7,
      steps: 4,
      priority: 5,
      style: "noir",
      force: true,
      dryRun: true,
    };
    const answer = await callRest(app, "POST", `/api/v1/projects/${projectId}/generate-images`, body);
    expect(answer.data).toEqual({ batchId: null, jobIds: [], queued: 2, skipped: [], problems: [] });
  });
});

describe("the other addresses", () => {
  test("GET a project, the same as tRPC's", async () => {
    const { projectId } = await app.project(2);
    const { status, data } = await callRest(app, "GET", `/api/v1/projects/${projectId}`);
    expect(status).toBe(200);
    expect(data).toEqual((await callTrpc(app, "project.get", "query", { projectId })).data);
  });

  test("make, list and change", async () => {
    const made = await callRest<{ id: string }>(app, "POST", "/api/v1/projects", {
      name: "Over REST",
      script: "One. Two.",
    });
    expect(made).toMatchObject({ status: 201, data: { sentenceCount: 2 } });
    const list = await callRest<{ items: { id: string }[] }>(app, "GET", "/api/v1/projects");
    expect(list.data?.items[0]).toMatchObject({ id: made.data!.id, name: "Over REST" });
    const project = await app.client.project.get.query({ projectId: made.data!.id });
    const { id } = project.sections[0]!.sentences[0]!;
    const changed = await callRest(app, "PATCH", `/api/v1/sentences/${id}`, { imagePrompt: "one" });
    expect(changed).toMatchObject({ status: 200, data: { id, imagePrompt: "one", version: 2 } });
  });

  test("cancel and try again", async () => {
    const { projectId } = await app.project(1);
    const cancelled = await callRest(app, "POST", `/api/v1/projects/${projectId}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, data: { cancelled: 0, cancelling: 0 } });
    const again = await callRest(app, "POST", `/api/v1/projects/${projectId}/retry-failed`);
    expect(again).toMatchObject({ status: 202, data: { queued: 0 } });
    expect(await callRest(app, "GET", "/api/v1/queue")).toMatchObject({
      status: 200,
      data: { isDemo: false, queued: 0 },
    });
  });

  test.each(["/api/v1/projects", "/api/v1/queue", "/api/v1/openapi.json", "/healthz"])(
    "answer HEAD %s like GET, without the body",
    async (path) => {
      const answer = await sendRaw(app.url, `HEAD ${path} HTTP/1.1`);
      expect(answer).toMatchObject({ status: 200, body: "" });
      expect(Number(answer?.headers["content-length"])).toBeGreaterThan(10);
    },
  );

  test.each([
    ["GET", "/api/v1/projects/nope", 404, "projectId"],
    ["GET", `/api/v1/projects/${NOBODY}`, 404, "projectId"],
    ["GET", `/api/v1/jobs/${NOBODY}`, 404, "jobId"],
    ["POST", `/api/v1/projects/${NOBODY}/generate-images`, 404, "projectId"],
    ["POST", `/api/v1/projects/${NOBODY}/cancel`, 404, "projectId"],
    ["POST", `/api/v1/projects/${NOBODY}/retry-failed`, 404, "projectId"],
    ["PATCH", `/api/v1/sentences/${NOBODY}`, 404, "sentenceId"],
    ["GET", "/api/v1/jobs/UPPER", 400, "jobId"],
    ["GET", "/api/v1/jobs/%2e%2e%2f", 400, "jobId"],
    ["POST", "/api/v1/projects/a.b/generate-images", 400, "projectId"],
  ])("%s %s answers %i and names %s", async (method, path, status, field) => {
    const { error } = await callRest(app, method, path, method === "GET" ? undefined : {});
    expect(error).toMatchObject({ httpStatus: status, field, message: expect.any(String) });
  });

  test.each([
    "/api/v1/nothing",
    "/api/v1",
    "/api/v1/",
    "/api/v2/projects",
    "/api/v1/projects/",
    "/api/v1/projects//",
    "/api/v1//projects",
  ])("%s is none of them: 404, and where to look", async (path) => {
    const { error } = await callRest(app, "GET", path);
    expect(error).toMatchObject({ httpStatus: 404, code: "NOT_FOUND" });
  });

  test.each([
    ["DELETE", "/api/v1/projects"],
    ["PUT", `/api/v1/projects/${NOBODY}`],
    ["GET", `/api/v1/projects/${NOBODY}/generate-images`],
    ["POST", `/api/v1/jobs/${NOBODY}`],
    ["DELETE", "/media/jobs/x/preview"],
    ["GET", "/api/login"],
  ])("%s %s is not possible: 405", async (method, path) => {
    const { error } = await callRest(app, method, path);
    expect(error).toMatchObject({
      httpStatus: 405,
      code: "METHOD_NOT_SUPPORTED",
      reason: "method_not_possible",
    });
  });
});

describe("GET /api/v1/openapi.json", () => {
  test("names every address with its parameters, bodies and answers", async () => {
    const answer = await fetch(`${app.url}/api/v1/openapi.json`);
    const page = (await answer.json()) as {
      openapi: string;
      info: { title: string; version: string };
      paths: Record<string, Record<string, Operation>>;
    };
    expect(page.openapi).toMatch(/^3\.0\./);
    expect(page.info).toMatchObject({ title: "Shotboard", version: "test" });
    const routes = Object.entries(page.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.toSorted()).toEqual([
      "get /api/v1/downloads/{downloadId}",
      "get /api/v1/jobs/{jobId}",
      "get /api/v1/projects",
      "get /api/v1/projects/{projectId}",
      "get /api/v1/projects/{projectId}/download",
      "get /api/v1/queue",
      "patch /api/v1/sentences/{sentenceId}",
      "post /api/v1/characters/{characterId}/images",
      "post /api/v1/projects",
      "post /api/v1/projects/{projectId}/cancel",
      "post /api/v1/projects/{projectId}/download",
      "post /api/v1/projects/{projectId}/generate-images",
      "post /api/v1/projects/{projectId}/keep-pictures",
      "post /api/v1/projects/{projectId}/retry-failed",
      "post /api/v1/sentences/{sentenceId}/picture",
    ]);
    const generate = page.paths["/api/v1/projects/{projectId}/generate-images"]!["post"]!;
    expect(generate.parameters).toMatchObject([{ name: "projectId", in: "path", required: true }]);
    const fields = Object.keys(generate.requestBody?.content["application/json"]?.schema.properties ?? {});
    expect(fields.toSorted()).toEqual([
      "cfg",
      "characterRefs",
      "dryRun",
      "force",
      "idempotencyKey",
      "ignoreProblems",
      "modelId",
      "priority",
      "seed",
      "sentenceIds",
      "steps",
      "style",
      "styleId",
      "takes",
      "useImageToImage",
    ]);
    for (const methods of Object.values(page.paths))
      for (const { responses } of Object.values(methods))
        expect(Object.keys(responses)).toEqual([expect.stringMatching(/^20[012]$/), "4XX"]);
  });

  test("holds no reference that leads nowhere", async () => {
    const text = await (await fetch(`${app.url}/api/v1/openapi.json`)).text();
    expect(text).not.toContain("$ref");
  });
});

test("none of this was logged", () => {
  expect(app.logged).toEqual([]);
});

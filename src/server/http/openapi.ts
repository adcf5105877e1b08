import { z } from "zod";
import { ROUTES, type Route } from "./rest";

const toJsonSchema = (schema: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(schema, { target: "openapi-3.0", io, unrepresentable: "any" });

const envelope = (data: object) => ({
  type: "object",
  required: ["success", "data"],
  properties: { success: { type: "boolean", enum: [true] }, data },
});

const error = {
  type: "object",
  required: ["success", "error"],
  properties: {
    success: { type: "boolean", enum: [false] },
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        reason: { type: "string" },
        field: { type: "string", nullable: true },
        remedy: { type: "string", nullable: true },
      },
    },
  },
};

const ZIP = {
  description: "The ZIP, sent while it is read",
  content: { "application/zip": { schema: { type: "string", format: "binary" } } },
};

/** The REST API as OpenAPI 3.0, made from the schemas that check its requests. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: "3.0.3",
    info: {
      title: "Shotboard",
      version,
      description: "A storyboard studio on ComfyUI. The typed API is tRPC; these are its main verbs as REST.",
    },
    paths,
  };
}

function operation(route: Route): object {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const answer = (description: string, schema: object) => ({
    description,
    content: { "application/json": { schema } },
  });
  return {
    summary: route.summary,
    parameters: [
      ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      ...("query" in route && route.query ? queryParameters(route.query) : []),
    ],
    ...(route.body !== null && { requestBody: { content: bodyOf(route.body) } }),
    responses: {
      [route.status]: "zip" in route ? ZIP : answer("Done", envelope(toJsonSchema(route.output, "output"))),
      "4XX": answer("Refused", error),
    },
  };
}

const queryParameters = (query: z.ZodObject) =>
  Object.entries(toJsonSchema(query, "input").properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema,
  }));

function bodyOf(body: z.ZodType | "bytes"): object {
  if (body === "bytes")
    return { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  return { "application/json": { schema: toJsonSchema(body, "input") } };
}

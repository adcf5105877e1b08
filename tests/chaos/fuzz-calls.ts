import fc, { type Arbitrary } from "fast-check";
import PQueue from "p-queue";
import { z } from "zod";
import { ROUTES } from "@/server/http/rest";
import { appRouter } from "@/server/trpc/router";
import { inputsFor, shapeOf, type Known } from "./inputs";
import type { Offences } from "./offences";

/** Requests under way at once. */
const AT_ONCE = 6;
/** An answer that takes longer is an offence, in ms. */
const PATIENCE = 60_000;

/** A call that inputs are made for. */
interface Target {
  name: string;
  inputs: Arbitrary<unknown>;
  send(url: string, input: unknown, signal: AbortSignal): Promise<Response>;
}

const definitionSchema = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  inputs: z.array(z.custom<z.ZodType>((it) => it instanceof z.ZodType)),
});

const json = (body: unknown) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body) ?? "",
});

/** Every procedure of the router, whatever there is. */
export function findProcedures(known: Known): Target[] {
  const procedures: Record<string, unknown> = appRouter._def.procedures;
  return Object.entries(procedures).map(([name, procedure]) => {
    const { type, inputs } = definitionSchema.parse((procedure as { _def: unknown })._def);
    const [schema] = inputs;
    return {
      name: `trpc ${name}`,
      inputs: schema ? inputsFor(shapeOf(schema), known) : fc.jsonValue({ maxDepth: 2 }),
      send: (url, input, signal) =>
        type === "mutation"
          ? fetch(`${url}/api/trpc/${name}`, { ...json(input), signal })
          : fetch(`${url}/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input) ?? "")}`, {
              signal,
            }),
    };
  });
}

const paths = [
  "/media/projects/:projectId/images/:sentenceId.png",
  "/media/projects/:projectId/takes/:takeId.png",
  "/media/jobs/:jobId/result.png",
  "/media/jobs/:jobId/preview",
  "/media/characters/:characterId/:imageId",
  "/api/v1/openapi.json",
  "/healthz",
];

/** Every address of the REST API, of the media and of the rest. */
export function findRoutes(known: Known): Target[] {
  const routes = ROUTES.map(({ method, path, body }) => ({ method, path, body }));
  const all = [
    ...routes,
    { method: "POST" as const, path: "/api/login", body: z.strictObject({ token: z.string() }) },
    ...paths.map((path) => ({ method: "GET" as const, path, body: null })),
  ];
  return all.map(({ method, path, body }) => {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
    const values = fc.tuple(
      ...names.map((name) =>
        fc.oneof(
          { arbitrary: fc.constantFrom(...(known[name] ?? ["none"])), weight: 3 },
          { arbitrary: fc.string({ maxLength: 30, unit: "grapheme" }), weight: 1 },
        ),
      ),
    );
    const payload =
      body === "bytes"
        ? fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes).toString("latin1"))
        : body
          ? inputsFor(shapeOf(body), known)
          : fc.constant(null);
    const query = fc.oneof(
      fc.constant({}),
      fc.dictionary(
        fc.constantFrom("w", "v", "limit", "cursor", "sectionId", "sizes"),
        fc.string({ maxLength: 12 }),
      ),
    );
    return {
      name: `${method} ${path}`,
      inputs: fc.record({ values, payload, query }),
      send: (url, input, signal) => {
        const made = input as { values: string[]; payload: unknown; query: Record<string, string> };
        let at = 0;
        const filled = path.replace(/:\w+/g, () => encodeURIComponent(toWellFormed(made.values[at++]!)));
        const address = `${url}${filled}?${new URLSearchParams(made.query)}`;
        if (body === null) return fetch(address, { method, signal });
        const headers = {
          "content-type": body === "bytes" ? "application/octet-stream" : "application/json",
        };
        const text =
          body === "bytes" ? Buffer.from(String(made.payload), "latin1") : JSON.stringify(made.payload);
        return fetch(address, { method, headers, body: text ?? "", signal });
      },
    };
  });
}

const toWellFormed = (text: string) => text.toWellFormed() || "-";

export interface FuzzOptions {
  url: string;
  targets: readonly Target[];
  /** Inputs for each of them. */
  inputs: number;
  seed: number;
  offences: Offences;
  /** Counts answers by target and status. */
  statuses: Map<string, Map<string, number>>;
}

/** Sends each target its inputs and notes what must not happen: a 5xx, an answer of no shape, none at all. */
export async function fuzzCalls({
  url,
  targets,
  inputs,
  seed,
  offences,
  statuses,
}: FuzzOptions): Promise<void> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  const work = targets.flatMap((target, index) =>
    fc
      .sample(target.inputs, { numRuns: inputs, seed: seed + index })
      .map((input, turn) => ({ target, input, turn })),
  );
  // In turn, so that what one makes is there for the others.
  for (const { target, input } of work.toSorted((a, b) => a.turn - b.turn)) {
    await queue.onSizeLessThan(AT_ONCE * 2);
    void queue.add(() => call(url, target, input, { offences, statuses }));
  }
  await queue.onIdle();
}

async function call(
  url: string,
  { name, send }: Target,
  input: unknown,
  { offences, statuses }: Pick<FuzzOptions, "offences" | "statuses">,
): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await send(url, input, giveUp.signal);
    const type = answer.headers.get("content-type") ?? "";
    const reason = await reasonOf(answer, type);
    const of = statuses.get(name) ?? new Map<string, number>();
    statuses.set(name, of.set(String(answer.status), (of.get(String(answer.status)) ?? 0) + 1));
    if (answer.status >= 500) offences.add(`${name} answers ${answer.status} ${reason}`, input);
    // 431 is said by Node's parser, before anything of ours is asked.
    else if (answer.status >= 400 && answer.status !== 431 && reason === null)
      offences.add(`${name} refuses without a reason`, input);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    offences.add(`${name} does not answer: ${String(error)} ${cause}`, input);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/** The reason in an error of either shape, or null. A stream without end is let go of. */
async function reasonOf(answer: Response, type: string): Promise<string | null> {
  if (type.startsWith("text/event-stream")) {
    await answer.body?.cancel();
    return "stream";
  }
  const text = await answer.text();
  const errorSchema = z.object({
    error: z.object({ reason: z.string() }).or(z.object({ data: z.object({ reason: z.string() }) })),
  });
  if (!type.startsWith("application/json")) return null;
  const { data } = errorSchema.safeParse(JSON.parse(text));
  return data ? ("data" in data.error ? data.error.data.reason : data.error.reason) : null;
}

import type { z } from "zod";
import type { BodyCollector } from "./body-collector";
import type { ComfyHttp } from "./http";
import { notComfyError, statusError } from "./status-error";

interface JsonRequest<T> {
  path: string;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
  timeoutMs?: number;
  collect?: () => BodyCollector;
}

/** GETs JSON of an expected shape. A status other than 200 or another shape is a ComfyError. */
export async function getJson<T>(http: ComfyHttp, request: JsonRequest<T>): Promise<T> {
  const answer = await http.get(request.path, request);
  if (answer.status !== 200) {
    throw statusError(
      http.address.url,
      answer.status,
      new TextDecoder().decode(answer.bytes.subarray(0, 500)),
    );
  }
  const parsed = request.schema.safeParse(http.json(answer));
  if (parsed.success) return parsed.data;
  const path = request.path.split("?")[0];
  throw notComfyError(
    http.address.url,
    `its answer to /${path} has an unexpected shape`,
    parsed.error.issues.slice(0, 5),
  );
}

/** POSTs a command whose answer does not matter, as long as it is a success. */
export async function postCommand(
  http: ComfyHttp,
  path: string,
  body: unknown,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<void> {
  const answer = await http.post(path, JSON.stringify(body), options);
  if (answer.status >= 200 && answer.status < 300) return;
  throw statusError(http.address.url, answer.status, new TextDecoder().decode(answer.bytes.subarray(0, 500)));
}

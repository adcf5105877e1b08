import type { IncomingMessage } from "node:http";
import { badRequest, ShotboardError } from "@/lib/errors";

/**
 * A request's body, whole.
 * @param limit bytes; more is refused before it is read to its end
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new ShotboardError("PAYLOAD_TOO_LARGE", `The body has more than ${Math.round(limit / 1024 / 1024)} MB.`, {
      reason: "body_too_large",
      remedy: "Send less at once.",
    });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A JSON body; an empty one is `{}`. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const text = (await readBody(request, limit)).toString("utf8");
  if (text.trim() === "") return {};
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\b/i.test(type))
    throw badRequest("not_json", `Expected content-type application/json, got "${type}".`, null, "Send JSON and say so.");
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest("not_json", "The body is not valid JSON.", null, "Correct it and send it again.");
  }
}

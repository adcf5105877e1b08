import type { IncomingMessage } from "node:http";
import { ShotboardError } from "@/lib/errors";

/** Pieces of a body as one. */
export async function together(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/**
 * A request's body, piece by piece.
 * @param limit bytes; more is refused before it is read to its end
 */
export async function* readPieces(request: IncomingMessage, limit: number): AsyncGenerator<Buffer> {
  const tooLarge = () =>
    new ShotboardError("PAYLOAD_TOO_LARGE", `The body has more than ${sizeOf(limit)}.`, {
      reason: "body_too_large",
      remedy: "Send less at once.",
    });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  let size = 0;
  try {
    // Not destroyed where it is too much: the sender is still to read the answer.
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > limit) throw tooLarge();
      yield piece;
    }
  } finally {
    // Node discards only what nobody began to read; a sender that is held would never come to the answer.
    request.resume();
  }
}

const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`;

/**
 * Why a request's body is not taken: it is not said to be JSON, as a foreign page cannot say unasked. Null where it
 * is, or where there is no body that anything could be said of.
 */
export function refusalOfType({ headers }: IncomingMessage): ShotboardError | null {
  const type = headers["content-type"];
  const isEmpty = headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
  if (type === undefined ? isEmpty : /^application\/json\s*(;|$)/i.test(type)) return null;
  return new ShotboardError(
    "UNSUPPORTED_MEDIA_TYPE",
    `Expected content-type application/json, got "${(type ?? "").slice(0, 100)}".`,
    { reason: "not_json", remedy: "Send JSON and say so." },
  );
}

/** A JSON body; an empty one is `{}`. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const refusal = refusalOfType(request);
  if (refusal) throw refusal;
  const text = (await together(readPieces(request, limit))).toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ShotboardError("BAD_REQUEST", "The body is not valid JSON.", {
      reason: "not_json",
      remedy: "Correct it and send it again.",
    });
  }
}

import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault";
import { send, type Answer } from "./http";

/** Pieces in which a slow body is sent. */
const PIECES = 50;

/** What a proxy shows where ComfyUI should answer. */
export const proxyPage = ({ status = 200 }: Fault): Answer => ({
  status,
  type: "text/html; charset=utf-8",
  body: `<!doctype html><html><head><title>${status}</title></head><body><h1>Sign in to continue</h1></body></html>`,
});

/** Sends an answer as its fault wants it: half of it and then silence, or piece by piece. */
export async function sendFaulty(response: ServerResponse, answer: Answer, fault: Fault): Promise<void> {
  const body = Buffer.from(answer.body ?? "");
  if (fault.kind === "slow_body" && body.length === 0) return send(response, answer);
  response.writeHead(answer.status, {
    ...(answer.type ? { "content-type": answer.type } : {}),
    ...(fault.fillTo === undefined ? { "content-length": body.length } : {}),
    ...answer.headers,
  });
  if (fault.kind === "half_answer") {
    response.flushHeaders();
    response.write(body.subarray(0, Math.floor(body.length / 2)));
    return;
  }
  for (const piece of fault.fillTo === undefined ? inPieces(body) : filled(body, fault.fillTo)) {
    if (response.destroyed) return;
    response.write(piece);
    await delay((fault.ms ?? 300) / PIECES);
  }
  response.end();
}

function* inPieces(body: Buffer): Generator<Buffer> {
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

/** A JSON object made so large by further node classes, as thousands of custom nodes make it; never whole in memory. */
function* filled(body: Buffer, bytes: number): Generator<Buffer | string> {
  yield body.subarray(0, body.lastIndexOf("}"));
  const filler = JSON.stringify({
    input: { required: { amount: ["INT", { default: 1, min: 0, max: 9_999 }], mode: [["one", "two"]] } },
    output: ["IMAGE"],
    output_node: false,
    name: "Filler",
  });
  let n = 0;
  for (let piece = 0; piece < PIECES; piece += 1) {
    const parts: string[] = [];
    for (let length = 0; length < bytes / PIECES; n += 1) {
      const part = `,"Filler${n}":${filler}`;
      parts.push(part);
      length += part.length;
    }
    yield parts.join("");
  }
  yield "}";
}

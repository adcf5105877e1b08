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
  const body = Buffer.from(fault.fillTo === undefined ? (answer.body ?? "") : filled(answer, fault.fillTo));
  if (fault.kind === "slow_body" && body.length === 0) return send(response, answer);
  response.writeHead(answer.status, {
    ...(answer.type ? { "content-type": answer.type } : {}),
    "content-length": body.length,
    ...answer.headers,
  });
  if (fault.kind === "half_answer") {
    response.flushHeaders();
    response.write(body.subarray(0, Math.floor(body.length / 2)));
    return;
  }
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size));
    await delay((fault.ms ?? 300) / PIECES);
  }
  response.end();
}

/** A JSON object made so large by further node classes, as thousands of custom nodes make it. */
function filled({ body }: Answer, bytes: number): string {
  const own = String(body ?? "{}").slice(0, -1);
  const more = JSON.stringify({
    input: { required: { amount: ["INT", { default: 1, min: 0, max: 9_999 }], mode: [["one", "two"]] } },
    output: ["IMAGE"],
    output_node: false,
    name: "Filler",
  });
  const parts = [own];
  for (let length = own.length, n = 0; length < bytes; n += 1) {
    const part = `${n === 0 && own === "{" ? "" : ","}"Filler${n}":${more}`;
    parts.push(part);
    length += part.length;
  }
  return `${parts.join("")}}`;
}

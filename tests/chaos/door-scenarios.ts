import { runFuzz, type FuzzFigures } from "./fuzz";
import type { Random } from "./random";
import { runSockets } from "./sockets";
import { atMost, told, type Line } from "./table";

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const growth = (before: number, after: number) => Math.round((after / before - 1) * 1_000) / 10;

/** Generated inputs for every procedure and route, and what is hardly HTTP or WebSocket. */
export async function fuzzDoors(
  random: Random,
  size: { inputs: number; raw: number },
): Promise<{ figures: FuzzFigures; lines: Line[] }> {
  const name = "fuzz";
  const figures = await runFuzz({ ...size, seed: random.seed });
  const { offences, heap, rss } = figures;
  return {
    figures,
    lines: [
      told(name, "procedures and routes", `${figures.procedures} and ${figures.routes}`),
      told(name, "inputs for each, requests", `${size.inputs}, ${figures.requests}`),
      told(name, "raw HTTP and raw WebSocket", String(figures.raw)),
      told(name, "answers", [...figures.statuses].map(([status, times]) => `${status}: ${times}`).join(", ")),
      atMost(name, "5xx, ends, complaints, answers without a reason", offences.length, 0),
      ...offences.map((what): Line => ({
        scenario: name,
        what,
        found: "so",
        promised: "not so",
        isKept: false,
      })),
      atMost(name, "growth of the heap, a fifth of it to its end", growth(...heap), 10, " %"),
      told(name, "heap then and then", heap.map(mb).join(", ")),
      told(name, "resident then and then", rss.map(mb).join(", ")),
    ],
  };
}

/** Connections that come and go. */
export async function dropSockets(
  random: Random,
  size: { sockets: number; rounds: number },
): Promise<{ growth: number; complaints: string[]; hasEnded: boolean; lines: Line[] }> {
  const name = "sockets";
  const { heap, complaints, hasEnded, sockets } = await runSockets(random, size);
  const grown = growth(heap[0], heap[2]);
  return {
    growth: grown,
    complaints,
    hasEnded,
    lines: [
      told(name, "opened and dropped", String(sockets)),
      told(name, "heap before, with them open, after", heap.map(mb).join(", ")),
      atMost(name, "growth of the heap", grown, 10, " %"),
      atMost(name, "complaints and ends", complaints.length + Number(hasEnded), 0),
      ...complaints.map((what): Line => ({
        scenario: name,
        what,
        found: "so",
        promised: "not so",
        isKept: false,
      })),
    ],
  };
}

// npx tsx bench/workflow-pairs.ts <folder> <object_info.json>: converts each NAME.ui.json of the folder and compares
// it with NAME.api.json, what ComfyUI's own editor exports; then finds and fills the slots of what saves a picture, and
// compares them with those that were once checked by hand (tests/fixtures/workflows/template-slots.json).
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fillWorkflow } from "@/server/workflow/fill-workflow";
import { findSlots } from "@/server/workflow/find-slots";
import type { Graph } from "@/server/workflow/graph";
import { listSlots } from "@/server/workflow/list-slots";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { WorkflowError } from "@/server/workflow/workflow-error";
import { readObjectInfo } from "../scripts/workflow/read-arguments";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const [folder, objectInfo] = process.argv.slice(2);
if (!folder || !objectInfo) throw new Error("Expected a folder of pairs and a file with object_info.");
const infos = await readObjectInfo(objectInfo);
const names = readdirSync(folder).flatMap((file) => file.match(/^(.*)\.ui\.json$/)?.[1] ?? []);
const known = JSON.parse(
  readFileSync(new URL("../tests/fixtures/workflows/template-slots.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
const moved: string[] = [];
let same = 0;
let pictures = 0;
let slowest = { name: "", ms: 0 };
for (const name of names) {
  const text = readFileSync(join(folder, `${name}.ui.json`), "utf8");
  const expected = JSON.parse(readFileSync(join(folder, `${name}.api.json`), "utf8")) as Graph;
  const before = performance.now();
  const { graph } = toGraph(readSource(text), infos);
  const found = slotsOf(graph);
  const ms = performance.now() - before;
  if (ms > slowest.ms) slowest = { name, ms };
  const differences = compare(graph, expected);
  if (differences.length === 0) same++;
  else console.log(`${name}: ${differences.length} differences\n  ${differences.slice(0, 10).join("\n  ")}`);
  if (found === null) continue;
  pictures++;
  const places = JSON.stringify(found);
  const checked = JSON.stringify(known[name]);
  if (places !== checked) moved.push(`${name}: ${places}, checked were ${checked}`);
}
console.log(
  `${same} of ${names.length} are what the editor exports; ${pictures} make a picture from a prompt.`,
);
console.log(
  `The slowest, ${slowest.name}, is converted, looked into and filled in ${slowest.ms.toFixed(1)} ms.`,
);
console.log(`500 conversions of it leave ${await grown(slowest.name)} MB more on the heap than 50 did.`);
console.log(
  moved.length === 0 ? "All slots are where they were checked." : `Slots elsewhere:\n  ${moved.join("\n  ")}`,
);
process.exitCode = same === names.length && moved.length === 0 ? 0 : 1;

/** MB that stay on the heap between the 50th and the 550th conversion. */
async function grown(name: string): Promise<string> {
  const text = readFileSync(join(folder!, `${name}.ui.json`), "utf8");
  const held = async (times: number) => {
    for (let done = 0; done < times; done++) slotsOf(toGraph(readSource(text), infos).graph);
    await new Promise(setImmediate);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await held(50);
  return ((await held(500)) / 2 ** 20 - before / 2 ** 20).toFixed(2);
}

/** Places by slot, once they were filled; null for what makes no picture from a prompt. */
function slotsOf(graph: Graph): Record<string, string[]> | null {
  try {
    const slots = findSlots(graph);
    const size = { width: 1920, height: 1088 };
    const values = { prompt: "", negative: null, seed: 1, steps: null, cfg: null, lora: null };
    const references = Array.from({ length: slots.maxReferences > 0 ? 1 : 0 }, () => "reference.png");
    fillWorkflow(graph, slots, { ...values, ...size, references, filenamePrefix: "bench" });
    const places: Record<string, string[]> = {};
    for (const { slot, nodeId, input } of listSlots(slots)) (places[slot] ??= []).push(`${nodeId} ${input}`);
    return places;
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    return null;
  }
}

function compare(graph: Graph, expected: Graph): string[] {
  const ids = new Set([...Object.keys(graph), ...Object.keys(expected)]);
  return [...ids].flatMap((id) => {
    const [ours, theirs] = [graph[id], expected[id]];
    if (!ours || !theirs) return [`${id} ${(ours ?? theirs)?.class_type}: ${ours ? "too much" : "missing"}`];
    const inputs = new Set([...Object.keys(ours.inputs), ...Object.keys(theirs.inputs)]);
    const wrong = [...inputs].filter((name) => !isDeepStrictEqual(ours.inputs[name], theirs.inputs[name]));
    return [
      ...(ours.class_type === theirs.class_type
        ? []
        : [`${id}: ${ours.class_type}, not ${theirs.class_type}`]),
      ...wrong.map(
        (name) =>
          `${id} ${ours.class_type}.${name}: ${short(ours.inputs[name])}, not ${short(theirs.inputs[name])}`,
      ),
    ];
  });
}

const short = (value: unknown): string => String(JSON.stringify(value)).slice(0, 80);

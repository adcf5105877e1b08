import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import type { Graph } from "@/server/workflow/graph";
import { get, post, submit, textToImage, trace } from "./ear";

let demo: DemoComfyUI;
beforeAll(async () => {
  demo = await startDemoComfyUI({ stepMs: 0, paint: false, missingClasses: ["ReferenceLatent"] });
});
afterAll(() => demo.close());

test.each([
  "bad-prompt-id",
  "invalid-missing-input",
  "invalid-missing-model",
  "invalid-no-outputs",
  "invalid-unknown-node",
  "invalid-values",
])("%s is refused in the recorded words", async (name) => {
  const { request, response } = trace(name);
  const answer = await post(demo, "/prompt", request);
  expect(answer.status).toBe(400);
  expect(byName(JSON.parse(answer.body))).toEqual(byName(response.body));
});

test("a class that is not installed is named", async () => {
  const answer = await refusal(trace("i2i-two-refs-lora").request.prompt);
  expect(answer).toMatchObject({
    error: { type: "missing_node_type", extra_info: { class_type: "ReferenceLatent" } },
  });
  expect(await get(demo, "/object_info/ReferenceLatent")).toEqual({});
});

test("a LoRA file that is not there is named with the list of those that are", async () => {
  demo.setFiles("loras", ["noir.safetensors"]);
  const graph: Graph = {
    ...textToImage(),
    lora: {
      class_type: "LoraLoaderModelOnly",
      inputs: { model: ["57:28", 0], lora_name: "watercolor.safetensors", strength_model: 1 },
    },
  };
  const user = graph["57:11"];
  if (user) user.inputs["model"] = ["lora", 0];
  const details = "lora_name: 'watercolor.safetensors' not in ['noir.safetensors']";
  expect(await refusal(graph)).toMatchObject({
    node_errors: { lora: { errors: [{ type: "value_not_in_list", details }] } },
  });
  expect(await get(demo, "/models/loras")).toEqual(["noir.safetensors"]);
});

test("a link to a node that is not there is refused at the node that has it", async () => {
  const graph = textToImage();
  const sampler = graph["57:3"];
  if (sampler) sampler.inputs["model"] = ["99", 0];
  const errors = [
    { type: "exception_during_inner_validation", details: "'99'", extra_info: { linked_node: ["99", 0] } },
  ];
  expect(await refusal(graph)).toMatchObject({
    node_errors: { "57:3": { errors, dependent_outputs: ["9"] } },
  });
});

test("a loop of nodes is refused instead of run", async () => {
  const graph = textToImage();
  const model = graph["57:11"];
  if (model) model.inputs["model"] = ["57:11", 0];
  expect(await refusal(graph)).toMatchObject({ error: { type: "prompt_outputs_failed_validation" } });
});

test("a link between different types is refused", async () => {
  const graph = textToImage();
  const save = graph["9"];
  if (save) save.inputs["images"] = ["57:28", 0];
  expect(await refusal(graph)).toMatchObject({
    error: {
      details:
        "Return type mismatch between linked nodes: images, received_type(MODEL) mismatch input_type(IMAGE)",
    },
    node_errors: { "9": { errors: [{ type: "return_type_mismatch" }] } },
  });
});

test("one good output is enough: the bad one is told beside a 200", async () => {
  const graph: Graph = {
    ...textToImage(),
    bad: { class_type: "SaveImage", inputs: { filename_prefix: "x" } },
  };
  const answer = await post(demo, "/prompt", { prompt: graph });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({
    node_errors: { bad: { errors: [{ type: "required_input_missing" }], dependent_outputs: ["bad"] } },
  });
});

test.each(["{", "[]", "null", '"text"'])("the body %s gets a bare 500 in plain text", async (body) => {
  const answer = await post(demo, "/prompt", body);
  expect(answer).toEqual({ status: 500, body: "500 Internal Server Error\n\nServer got itself in trouble" });
});

test("a request without a prompt is told so", async () => {
  expect(await refusal(undefined)).toMatchObject({ error: { type: "no_prompt" } });
});

test("the same id may be submitted twice, and runs twice", async () => {
  const before = demo.prompts.length;
  const id = "7941a433-0735-4738-b0a2-ff737ab273b2";
  await submit(demo, textToImage(), { prompt_id: id });
  await submit(demo, textToImage(), { prompt_id: id });
  expect(demo.prompts.slice(before).map(({ promptId }) => promptId)).toEqual([id, id]);
});

test("a page of another origin gets 403, a page of the same one an answer", async () => {
  const status = async (origin: string) => (await fetch(`${demo.url}/queue`, { headers: { origin } })).status;
  expect(await status("http://evil.example")).toBe(403);
  expect(await status(demo.url)).toBe(200);
});

async function refusal(graph: Graph | undefined): Promise<unknown> {
  const answer = await post(demo, "/prompt", { prompt: graph });
  expect(answer.status).toBe(400);
  return JSON.parse(answer.body);
}

/** Python lists a node's inputs in the order of a set: any order is right. */
function byName(body: unknown): unknown {
  const { node_errors, ...rest } = body as {
    node_errors: Record<string, { errors: { extra_info: { input_name: string } }[] }>;
  };
  const name = (it: { extra_info: { input_name: string } }) => it.extra_info.input_name;
  for (const node of Object.values(node_errors)) node.errors.sort((a, b) => name(a).localeCompare(name(b)));
  return { ...rest, node_errors };
}

test("a page of another origin gets no socket either", async () => {
  const socket = new WebSocket(`${demo.url.replace("http", "ws")}/ws`, { origin: "http://evil.example" });
  const [error] = (await once(socket, "error")) as [Error];
  expect(error.message).toContain("403");
});

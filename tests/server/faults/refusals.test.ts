import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "@/server/demo-comfyui/fault";
import { refusalOf } from "../../support/api";
import { startTestApp, type TestApp } from "../../support/test-app";
import { jobBecomes, paint, sentence } from "../generation/board";
import { small } from "../generation/patience";
import { inputsOf } from "../generation/received";
import { requestsTo } from "../generation/requests-to";
import { editorFormat } from "../workflow/editor-format";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.comfy.clearFaults());

const refused: Record<string, Fault> = {
  "refused by ComfyUI's checks": {
    kind: "refuse_prompt",
    message: "the latent is too large",
    times: Infinity,
  },
  "row 9: accepted with faults at a node": { kind: "node_errors", times: Infinity },
};

describe("a permanent refusal fails at once and says what to do:", () => {
  test.each(Object.entries(refused))("%s", async (_, fault) => {
    const { projectId, sentenceIds } = await app.project(1, small);
    using log = requestsTo(app.comfy.url);
    app.comfy.addFault(fault);
    const { jobIds } = await app.client.image.generate.mutate({ projectId });
    const job = await jobBecomes(app, jobIds[0]!, "failed");
    expect(job).toMatchObject({
      failures: 0,
      error: { code: "invalid_workflow", message: expect.stringContaining("ComfyUI refused") as string },
    });
    expect(log.requests.filter((one) => one === "POST /prompt")).toHaveLength(1);
    expect(await sentence(app, sentenceIds[0]!)).toMatchObject({
      status: "failed",
      error: job.error,
      job: null,
    });
  });
});

test("row 16: a LoRA that lies in a folder is found whichever way the slashes lean, and sent as the server spells it", async () => {
  const spelt = "film\\noir.safetensors";
  app.comfy.setFiles("loras", [spelt]);
  const { id: styleId } = await app.client.style.create.mutate({
    name: "Film",
    styleType: "lora",
    loraFile: "film/noir.safetensors",
  });
  const { projectId } = await app.project(1, { ...small, styleId });
  const [one] = await paint(app, { projectId });
  expect(one!.job).toMatchObject({ status: "completed", failures: 0 });
  expect(inputsOf(one!.prompt, "LoraLoaderModelOnly").lora_name).toBe(spelt);
});

test("row 16: a file that came meanwhile is seen at once, and one that lies in two folders is not guessed", async () => {
  const { id: styleId } = await app.client.style.create.mutate({
    name: "Ink",
    styleType: "lora",
    loraFile: "ink.safetensors",
  });
  const { projectId } = await app.project(1, { ...small, styleId });
  const ask = () => app.client.image.generate.mutate({ projectId, dryRun: true });
  const missing = { code: "missing_file", message: expect.stringContaining("ink.safetensors") as string };
  expect((await ask()).problems).toMatchObject([missing]);
  app.comfy.setFiles("loras", ["a/ink.safetensors", "b/ink.safetensors"]);
  expect((await ask()).problems).toMatchObject([missing]);
  app.comfy.setFiles("loras", ["ink.safetensors"]);
  expect((await ask()).problems).toEqual([]);
});

test("row 18: in a workflow that was exported anew a place is found by class and title; what is ambiguous is asked, not guessed", async () => {
  const { id: modelId } = await app.client.model.create.mutate({
    name: "Exported",
    workflowType: "text-to-image",
    workflow: editorFormat(),
    slotChoices: [{ slot: "prompt", nodeId: "4", input: "text" }],
  });
  const moved = await app.client.model.update.mutate({ modelId, workflow: editorFormat({ promptId: 12 }) });
  expect(moved.slotChoices).toMatchObject([{ slot: "prompt", nodeId: "12", title: "Words" }]);
  const twice = editorFormat({ promptId: 13, isTwice: true });
  expect(await refusalOf(app.client.model.update.mutate({ modelId, workflow: twice }))).toMatchObject({
    reason: "slots_unconfirmed",
    remedy: expect.any(String) as string,
  });
  const { projectId } = await app.project(1, { ...small, modelId });
  const [one] = await paint(app, { projectId });
  expect(one!.prompt.graph["12"]?.inputs["text"]).toBe("Shot number 1 of the test.");
});

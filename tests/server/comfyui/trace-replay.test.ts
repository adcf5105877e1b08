import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createComfyClient } from "@/server/comfyui/comfy-client";
import { ComfyError } from "@/server/comfyui/comfy-error";
import type { Outcome } from "@/server/comfyui/outcome";
import type { Progress } from "@/server/comfyui/progress";
import { FakeComfy } from "./fake-comfy";
import { quick } from "./quick";
import { historyFrom, promptsIn, readTrace, traceNames, wireForm } from "./traces";
import type { Trace } from "./traces";

const refused: Record<string, { code: string; field: string | null; says: RegExp; remedy: RegExp | string }> =
  {
    "bad-prompt-id": { code: "refused", field: null, says: /did not accept the id/, remedy: "" },
    "invalid-missing-input": {
      code: "invalid_workflow",
      field: "positive",
      says: /"KSampler", input positive: Required input/,
      remedy: /Correct the workflow/,
    },
    "invalid-missing-model": {
      code: "missing_file",
      field: "unet_name",
      says: /does not have the file "missing_model\.safetensors" that the workflow's UNETLoader loads\.$/,
      remedy: /ComfyUI's folder models\/diffusion_models/,
    },
    "invalid-no-outputs": {
      code: "invalid_workflow",
      field: null,
      says: /no node that saves a picture/,
      remedy: /Save Image/,
    },
    "invalid-unknown-node": {
      code: "missing_node_type",
      field: null,
      says: /the node "KSamplerNope"/,
      remedy: /ComfyUI-Manager/,
    },
    "invalid-values": {
      code: "invalid_workflow",
      field: "cfg",
      says: /input cfg: .*FLOAT value \(it got "abc"\), and 1 more\./,
      remedy: /Correct the workflow/,
    },
  };

/** The picture and the last sampling step told. */
const finished: Record<string, { file: string; lastStep: string | undefined }> = {
  "t2i-first": { file: "z-image-turbo_00002_.png", lastStep: "sampling 8/8" },
  "t2i-same-again": { file: "z-image-turbo_00002_.png", lastStep: undefined },
  "t2i-new-seed": { file: "z-image-turbo_00003_.png", lastStep: "sampling 8/8" },
  "t2i-preview-metadata": { file: "z-image-turbo_00006_.png", lastStep: "sampling 8/8" },
  "odd-width": { file: "z-image-turbo_00004_.png", lastStep: "sampling 8/8" },
  // One of its `executed` messages has the output null.
  "i2i-two-refs-lora": { file: "Flux2-Klein-4b-base_00002_.png", lastStep: "sampling 4/4" },
};

const failed: Record<string, { code: string; says: string }> = {
  "runtime-error": {
    code: "execution_failed",
    says: 'ComfyUI failed in "FaultNode": something in the node broke.',
  },
  "runtime-oom": { code: "out_of_memory", says: "ComfyUI ran out of memory while making the picture." },
};

const orders = ["before", "after"] as const;

/** Each name with both orders of messages and answer. */
const inBothOrders = (names: object): [string, "before" | "after"][] =>
  Object.keys(names).flatMap((name) => orders.map((order): [string, "before" | "after"] => [name, order]));

describe("the recorded traces", () => {
  it("all have an expected outcome", () => {
    const expected = [refused, finished, failed].flatMap((table) => Object.keys(table));
    expect(traceNames.toSorted()).toEqual([...expected, "interrupt-and-delete", "reconnect"].toSorted());
  });

  it.each(Object.entries(refused))("%s: is refused with a sentence and a remedy", async (name, expected) => {
    const error = await refusalOf(readTrace(name));
    expect(error).toMatchObject({ code: expected.code, kind: "permanent", field: expected.field });
    expect(error.message).toMatch(expected.says);
    expect(error.remedy ?? "").toMatch(expected.remedy);
  });

  it.each(Object.entries(finished))("%s: finishes, every step told", async (name, { file, lastStep }) => {
    const trace = readTrace(name);
    const { outcome, progress, previews } = await replay(trace, "after");
    expect(outcome).toEqual(withFile(file));
    expect(progress.findLast((one) => one.step.startsWith("sampling"))?.step).toBe(lastStep);
    expectHonest(progress);
    expect(previews).toHaveLength(trace.messages.filter((one) => "binary" in one).length);
    expect(previews.every((preview) => preview.mime === "image/jpeg")).toBe(true);
  });

  it.each(Object.entries(finished))(
    "%s: finishes though it was over before it was followed",
    async (name, { file }) => {
      const { outcome, progress } = await replay(readTrace(name), "before");
      expect(outcome).toEqual(withFile(file));
      expect(progress).toEqual([{ percent: 99, step: "finishing" }]);
    },
  );

  it.each(inBothOrders(failed))(
    "%s: fails, its messages coming %s the answer to the post",
    async (name, order) => {
      const { outcome, progress } = await replay(readTrace(name), order);
      const { code, says } = failed[name] ?? {};
      expect(outcome).toMatchObject({ kind: "failed", error: { code, kind: "transient", message: says } });
      expectHonest(progress);
    },
  );

  it("interrupt-and-delete: each prompt ends as it did", async () => {
    const outcomes = await outcomesOf(readTrace("interrupt-and-delete"));
    expect(outcomes).toEqual(["interrupted", "interrupted", "interrupted", "lost"]);
  });

  it("reconnect: a socket that falls silent after a reconnect does not keep the prompt from settling", async () => {
    const { outcome, progress, clientIds } = await afterSilentReconnect(readTrace("reconnect"));
    expect(outcome).toMatchObject({ kind: "finished", files: [{ filename: "z-image-turbo_00005_.png" }] });
    expect(progress.map((one) => one.step)).toContain("sampling 3/40");
    expect(new Set(clientIds).size).toBe(clientIds.length);
  });
});

function withFile(filename: string): Outcome {
  return { kind: "finished", files: [{ filename, subfolder: "", type: "output" }] };
}

/** Never falling, and 100 % is not for the client to say. */
function expectHonest(progress: Progress[]): void {
  const percents = progress.map((one) => one.percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(Math.max(...percents)).toBeLessThan(100);
}

/** Submits a trace's graph and sends its messages, all at once, before or after the post is answered. */
async function replay(trace: Trace, order: "before" | "after") {
  await using fake = await FakeComfy.start();
  const [id = ""] = promptsIn(trace.messages);
  const send = async (): Promise<void> => {
    for (const message of trace.messages) fake.send(wireForm(message));
    // History comes last, or the prompt would settle before its messages were read.
    await fake.flush();
    fake.finish(id, (trace.history ?? historyFrom(trace.messages))[id]);
  };
  fake.on("POST prompt", async () => {
    fake.queue.running.push(id);
    if (order === "before") await send();
    return trace.response ?? { body: { prompt_id: id, number: 1, node_errors: {} } };
  });
  const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
  try {
    // The trace's server chose its own id, as an older one does.
    const submitted = await session.submit({ graph: trace.graph, promptId: randomUUID() });
    expect(submitted.promptId).toBe(id);
    const progress: Progress[] = [];
    const previews: { mime: string }[] = [];
    const following = session.follow({
      promptId: id,
      graph: trace.graph,
      outputNodeId: "9",
      onProgress: (one) => progress.push(one),
      onPreview: (one) => previews.push(one),
    });
    if (order === "after") await send();
    return { outcome: await following, progress, previews };
  } finally {
    session.close();
  }
}

async function refusalOf(trace: Trace): Promise<ComfyError> {
  await using fake = await FakeComfy.start();
  fake.on("POST prompt", trace.response ?? {});
  const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
  try {
    await session.submit({ graph: trace.graph, promptId: randomUUID() });
  } catch (error) {
    if (error instanceof ComfyError) return error;
    throw error;
  } finally {
    session.close();
  }
  throw new Error("The prompt was accepted.");
}

/** Three prompts that were interrupted and one that was deleted while it waited. */
async function outcomesOf(trace: Trace): Promise<string[]> {
  await using fake = await FakeComfy.start();
  const ids = trace.ids ?? [];
  const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
  try {
    for (const promptId of ids) await session.submit({ graph: trace.graph, promptId });
    const following = ids.map((promptId) =>
      session.follow({ promptId, graph: trace.graph, outputNodeId: "9" }),
    );
    for (const message of trace.messages) fake.send(wireForm(message));
    fake.queue.running.length = 0;
    for (const [id, entry] of Object.entries(historyFrom(trace.messages))) fake.finish(id, entry);
    return (await Promise.all(following)).map((outcome) => outcome.kind);
  } finally {
    session.close();
  }
}

/** The first socket is cut after its messages; the second falls silent after its own, and history comes later. */
async function afterSilentReconnect(trace: Trace) {
  await using fake = await FakeComfy.start();
  const [id = ""] = promptsIn(trace.first);
  const session = createComfyClient({ url: fake.url, timings: quick }).openSession();
  try {
    await session.submit({ graph: trace.graph, promptId: id });
    const progress: Progress[] = [];
    const following = session.follow({
      promptId: id,
      graph: trace.graph,
      outputNodeId: "9",
      onProgress: (one) => progress.push(one),
    });
    for (const message of trace.first) fake.send(wireForm(message));
    await fake.flush();
    fake.ears[0]?.socket.close();
    await fake.until(() => fake.ears.length === 2);
    for (const message of trace.second) fake.send(wireForm(message));
    await fake.flush();
    const asked = fake.count("GET history");
    await fake.until(() => fake.count("GET history") > asked + 2);
    fake.finish(id, historyFrom(trace.third)[id]);
    return { outcome: await following, progress, clientIds: fake.ears.map((ear) => ear.clientId) };
  } finally {
    session.close();
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { executionError } from "@/server/comfyui/execution-error";
import { missingFileRemedy, modelFolder } from "@/server/comfyui/model-folders";
import { outcomeOf } from "@/server/comfyui/outcome";
import { hasNodeErrors, refusalError } from "@/server/comfyui/refusal-error";
import { graph } from "./quick";

const failure = (exception_type: string, exception_message: string): object => ({
  node_id: "3",
  node_type: "KSampler",
  exception_type,
  exception_message,
  traceback: [],
});

describe("an error while a prompt ran", () => {
  it.each([
    ["torch.OutOfMemoryError", "Allocation on device", "out_of_memory", "transient"],
    [
      "torch.cuda.OutOfMemoryError",
      "CUDA out of memory. Tried to allocate 2 GiB",
      "out_of_memory",
      "transient",
    ],
    ["RuntimeError", "CUDA error: out of memory", "out_of_memory", "transient"],
    ["RuntimeError", "MPS backend out of memory", "out_of_memory", "transient"],
    ["MemoryError", "", "out_of_memory", "transient"],
    ["RuntimeError", "CUDA error: an illegal memory access was encountered", "gpu_error", "lane"],
    ["RuntimeError", "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR", "gpu_error", "lane"],
    ["OSError", "[Errno 28] No space left on device: '/out/a.png'", "disk_full", "lane"],
    ["ValueError", "too many values", "execution_failed", "transient"],
    ["", "", "execution_failed", "transient"],
  ])("%s %s: %s, %s", (type, text, code, kind) => {
    const error = executionError(failure(type, text), graph);
    expect(error).toMatchObject({ code, kind });
    expect(error.remedy).not.toBeNull();
  });

  it("names the node by title and class and gives the first line only", () => {
    const error = executionError(failure("ValueError", "\n  shapes differ.\nat line 3\n"), graph);
    expect(error.message).toBe('ComfyUI failed in "Sampler" (KSampler): shapes differ.');
  });
});

describe("a refusal", () => {
  it("of an older server names the missing node", () => {
    const body = {
      error: {
        type: "invalid_prompt",
        message: "Cannot execute because node Fancy Node does not exist.",
        details: "Node ID '#7'",
      },
      node_errors: [],
    };
    const error = refusalError(body, graph);
    expect(error).toMatchObject({ code: "missing_node_type", kind: "permanent" });
    expect(error.message).toContain('the node "Fancy Node"');
  });

  it("tells all missing files, and puts them before other faults", () => {
    const fault = (type: string, input_name: string, received_value: unknown): object => ({
      type,
      message: "m",
      details: "",
      extra_info: { input_name, received_value },
    });
    const body = {
      error: { type: "prompt_outputs_failed_validation", message: "x", details: "", extra_info: {} },
      node_errors: {
        "3": { class_type: "KSampler", errors: [fault("value_smaller_than_min", "steps", 0)] },
        "1": {
          class_type: "DualCLIPLoader",
          errors: [fault("value_not_in_list", "clip_name2", "t5.safetensors")],
        },
        "2": { class_type: "VAELoader", errors: [fault("value_not_in_list", "vae_name", "ae.safetensors")] },
      },
    };
    const error = refusalError(body, graph);
    expect(error).toMatchObject({ code: "missing_file", field: "clip_name2" });
    expect(error.message).toContain('"t5.safetensors"');
    expect(error.message).toContain('also missing: "ae.safetensors"');
    expect(error.remedy).toContain("models/text_encoders");
  });

  it("of a choice that is no file is a fault of the workflow", () => {
    const errors = [
      {
        type: "value_not_in_list",
        message: "Value not in list",
        extra_info: { input_name: "sampler_name", received_value: "nope" },
      },
    ];
    const error = refusalError(
      { error: {}, node_errors: { "3": { class_type: "KSampler", errors } } },
      graph,
    );
    expect(error).toMatchObject({ code: "invalid_workflow", kind: "permanent", field: "sampler_name" });
    expect(error.message).toBe(
      'ComfyUI refused "Sampler" (KSampler), input sampler_name: Value not in list (it got "nope").',
    );
  });

  it("of a reference that is gone from the server may be tried again", () => {
    const errors = [
      {
        type: "custom_validation_failed",
        message: "Invalid image file",
        extra_info: { input_name: "image" },
      },
    ];
    const error = refusalError(
      { error: {}, node_errors: { "5": { class_type: "LoadImage", errors } } },
      graph,
    );
    expect(error).toMatchObject({ code: "file_gone", kind: "transient" });
  });

  it("of any other shape is still a sentence", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(refusalError(body, graph).message).toMatch(/\S/);
        hasNodeErrors(body);
        expect(executionError(body, graph).message).toMatch(/\S/);
      }),
    );
    expect(refusalError({ error: "no more" }, graph).message).toBe("ComfyUI refused the workflow: no more.");
  });

  it("is not seen in empty node errors", () => {
    expect([{ node_errors: {} }, { node_errors: [] }, {}, null].map(hasNodeErrors)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(hasNodeErrors({ node_errors: { "3": {} } })).toBe(true);
  });
});

describe("the folder of a file", () => {
  it.each([
    ["UNETLoader", "unet_name", "models/diffusion_models"],
    ["UnetLoaderGGUF", "unet_name", "models/diffusion_models"],
    ["CLIPLoader", "clip_name", "models/text_encoders"],
    ["QuadrupleCLIPLoader", "clip_name4", "models/text_encoders"],
    ["CLIPVisionLoader", "clip_name", "models/clip_vision"],
    ["VAELoader", "vae_name", "models/vae"],
    ["CheckpointLoaderSimple", "ckpt_name", "models/checkpoints"],
    ["LoraLoader", "lora_name", "models/loras"],
    ["ControlNetLoader", "control_net_name", "models/controlnet"],
    ["UpscaleModelLoader", "model_name", "models/upscale_models"],
    ["Something", "constructor", null],
  ])("%s.%s: %s", (classType, input, folder) => {
    expect(modelFolder(classType, input)).toBe(folder);
  });

  it("is described by the node where it is not known", () => {
    expect(missingFileRemedy("x.gguf", null, "OddLoader")).toContain(
      "the folder of ComfyUI that the node OddLoader reads",
    );
  });
});

describe("a prompt's outcome", () => {
  const file = (filename: string, type = "output") => ({ filename, subfolder: "", type });
  const entry = (outputs: { nodeId: string; standsFor?: string[]; files: ReturnType<typeof file>[] }[]) => ({
    promptId: "p",
    isSuccess: true,
    messages: [],
    outputs: outputs.map((one) => ({ standsFor: [one.nodeId], ...one })),
  });

  it("is the pictures of the wanted node and of no other", () => {
    const outputs = [
      { nodeId: "7", files: [file("other.png")] },
      { nodeId: "9", files: [file("t.png", "temp"), file("a.png")] },
    ];
    expect(outcomeOf(entry(outputs), graph, "9")).toEqual({ kind: "finished", files: [file("a.png")] });
  });

  it("is the pictures of what the wanted node was expanded into, where it has none itself", () => {
    const outputs = [
      { nodeId: "9", files: [] },
      { nodeId: "9.0.0.1", files: [file("a.png"), file("a.json")] },
      { nodeId: "x", standsFor: ["x", "9"], files: [file("b.webp")] },
      { nodeId: "90", files: [file("c.png")] },
    ];
    expect(outcomeOf(entry(outputs), graph, "9")).toEqual({
      kind: "finished",
      files: [file("a.png"), file("b.webp")],
    });
  });

  it("is a failure without a reason where history gives none", () => {
    const outcome = outcomeOf({ ...entry([]), isSuccess: false }, graph, "9");
    expect(outcome).toMatchObject({ kind: "failed", error: { code: "execution_failed" } });
  });
});

import { readFileSync } from "node:fs";

import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import type { FillValues } from "@/server/workflow/fill-workflow";
import type { Graph, GraphNode } from "@/server/workflow/graph";
import { parseWorkflow } from "@/server/workflow/parse-workflow";

const ROOT = new URL("../../../", import.meta.url);

export function readGraph(file: string): Graph {
  return parseWorkflow(readFileSync(new URL(file, ROOT), "utf8"));
}

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`tests/fixtures/workflows/${name}`, ROOT), "utf8"));
}

export const textToImage = readGraph(DEFAULT_WORKFLOWS["text-to-image"]);
export const imageToImage = readGraph(DEFAULT_WORKFLOWS["image-to-image"]);

export const values: FillValues = {
  prompt: "a lighthouse at dawn",
  negative: null,
  seed: 7,
  steps: 8,
  cfg: 1,
  width: 1920,
  height: 1088,
  references: [],
  lora: null,
  filenamePrefix: "shotboard/job-1/attempt-1",
};

export function node(classType: string, inputs: Record<string, unknown>, title?: string): GraphNode {
  return { class_type: classType, inputs, ...(title ? { _meta: { title } } : {}) };
}

/** SDXL in one pass: checkpoint, two text encoders, KSampler. */
export const sdxl: Graph = {
  ckpt: node("CheckpointLoaderSimple", { ckpt_name: "sd_xl_base_1.0.safetensors" }),
  latent: node("EmptyLatentImage", { width: 1024, height: 1024, batch_size: 4 }),
  pos: node("CLIPTextEncode", { text: "a sample prompt", clip: ["ckpt", 1] }, "Positive"),
  neg: node("CLIPTextEncode", { text: "blurry", clip: ["ckpt", 1] }),
  sampler: node("KSampler", {
    seed: 1,
    steps: 20,
    cfg: 8,
    sampler_name: "euler",
    scheduler: "normal",
    denoise: 1,
    model: ["ckpt", 0],
    positive: ["pos", 0],
    negative: ["neg", 0],
    latent_image: ["latent", 0],
  }),
  decode: node("VAEDecode", { samples: ["sampler", 0], vae: ["ckpt", 2] }),
  save: node("SaveImage", { images: ["decode", 0], filename_prefix: "ComfyUI" }),
};

const advanced = {
  cfg: 8,
  sampler_name: "euler",
  scheduler: "normal",
  steps: 25,
};

/** SDXL base and refiner: two KSamplerAdvanced that share the steps, each with its own encoders. */
export const baseAndRefiner: Graph = {
  base: node("CheckpointLoaderSimple", { ckpt_name: "sd_xl_base_1.0.safetensors" }),
  refiner: node("CheckpointLoaderSimple", { ckpt_name: "sd_xl_refiner_1.0.safetensors" }),
  latent: node("EmptyLatentImage", { width: 1024, height: 1024, batch_size: 1 }),
  pos: node("CLIPTextEncode", { text: "sample", clip: ["base", 1] }),
  neg: node("CLIPTextEncode", { text: "watermark", clip: ["base", 1] }),
  pos2: node("CLIPTextEncode", { text: "sample", clip: ["refiner", 1] }),
  neg2: node("CLIPTextEncode", { text: "watermark", clip: ["refiner", 1] }),
  first: node("KSamplerAdvanced", {
    ...advanced,
    add_noise: "enable",
    noise_seed: 5,
    start_at_step: 0,
    end_at_step: 20,
    return_with_leftover_noise: "enable",
    model: ["base", 0],
    positive: ["pos", 0],
    negative: ["neg", 0],
    latent_image: ["latent", 0],
  }),
  second: node("KSamplerAdvanced", {
    ...advanced,
    add_noise: "disable",
    noise_seed: 0,
    start_at_step: 20,
    end_at_step: 10_000,
    return_with_leftover_noise: "disable",
    model: ["refiner", 0],
    positive: ["pos2", 0],
    negative: ["neg2", 0],
    latent_image: ["first", 0],
  }),
  decode: node("VAEDecode", { samples: ["second", 0], vae: ["refiner", 2] }),
  save: node("SaveImage", { images: ["decode", 0], filename_prefix: "ComfyUI" }),
};

/** Flux with BasicGuider, FluxGuidance, a style LoRA of its own, ModelSamplingFlux, and text and size in primitives. */
export const fluxGuided: Graph = {
  unet: node("UNETLoader", { unet_name: "flux1-dev.safetensors", weight_dtype: "default" }),
  ownLora: node("LoraLoaderModelOnly", {
    lora_name: "turbo.safetensors",
    strength_model: 1,
    model: ["unet", 0],
  }),
  shift: node("ModelSamplingFlux", {
    max_shift: 1.15,
    base_shift: 0.5,
    width: ["w", 0],
    height: ["h", 0],
    model: ["ownLora", 0],
  }),
  clip: node("DualCLIPLoader", { clip_name1: "clip_l", clip_name2: "t5xxl", type: "flux" }),
  vae: node("VAELoader", { vae_name: "ae.safetensors" }),
  w: node("PrimitiveInt", { value: 1024 }),
  h: node("PrimitiveInt", { value: 768 }),
  words: node("PrimitiveStringMultiline", { value: "a sample prompt" }, "Prompt"),
  prefixed: node("StringConcatenate", { string_a: "masterpiece, ", string_b: ["words", 0], delimiter: "" }),
  pos: node("CLIPTextEncode", { text: ["prefixed", 0], clip: ["clip", 0] }),
  guidance: node("FluxGuidance", { guidance: 3.5, conditioning: ["pos", 0] }),
  guider: node("BasicGuider", { model: ["shift", 0], conditioning: ["guidance", 0] }),
  noise: node("RandomNoise", { noise_seed: 1 }),
  method: node("KSamplerSelect", { sampler_name: "euler" }),
  sigmas: node("BasicScheduler", { scheduler: "simple", steps: 20, denoise: 1, model: ["shift", 0] }),
  latent: node("EmptySD3LatentImage", { width: ["w", 0], height: ["h", 0], batch_size: 1 }),
  sampler: node("SamplerCustomAdvanced", {
    noise: ["noise", 0],
    guider: ["guider", 0],
    sampler: ["method", 0],
    sigmas: ["sigmas", 0],
    latent_image: ["latent", 0],
  }),
  decode: node("VAEDecode", { samples: ["sampler", 0], vae: ["vae", 0] }),
  save: node("SaveImage", { images: ["decode", 0], filename_prefix: "ComfyUI" }),
};

/** SDXL through a ControlNet with a picture of its own, which is previewed, and the result saved small and large. */
export const controlledWithThreeOutputs: Graph = {
  ...sdxl,
  picture: node("LoadImage", { image: "sample.png" }),
  edges: node("Canny", { low_threshold: 0.3, high_threshold: 0.6, image: ["picture", 0] }),
  net: node("ControlNetLoader", { control_net_name: "canny.safetensors" }),
  control: node("ControlNetApplyAdvanced", {
    strength: 1,
    start_percent: 0,
    end_percent: 1,
    positive: ["pos", 0],
    negative: ["neg", 0],
    control_net: ["net", 0],
    image: ["edges", 0],
  }),
  sampler: node("KSampler", {
    ...sdxl["sampler"]?.inputs,
    positive: ["control", 0],
    negative: ["control", 1],
  }),
  upscaler: node("UpscaleModelLoader", { model_name: "x4.pth" }),
  upscaled: node("ImageUpscaleWithModel", { upscale_model: ["upscaler", 0], image: ["decode", 0] }),
  saveLarge: node("SaveImage", { images: ["upscaled", 0], filename_prefix: "large" }),
  previewEdges: node("PreviewImage", { images: ["edges", 0] }),
};

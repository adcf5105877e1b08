import type { GraphNode } from "@/server/workflow/graph";
import type { NodeDefinition } from "./node-definitions";
import { emptyConditioning, paintingOf, type NodeInputs, type NodeValue } from "./node-values";
import { fitPixels, resize, sizeOf } from "./picture-size";
import type { Photo, Picture } from "./picture";

/** Number of steps a sampler node takes, or null for every other node. */
export function samplingSteps(node: GraphNode, inputs: NodeInputs): number | null {
  switch (node.class_type) {
    case "KSampler":
      return inputs.number("steps", 20);
    case "KSamplerAdvanced": {
      const steps = inputs.number("steps", 20);
      const end = Math.min(steps, inputs.number("end_at_step", steps));
      return Math.max(1, end - inputs.number("start_at_step", 0));
    }
    case "SamplerCustom":
    case "SamplerCustomAdvanced":
      return inputs.link("sigmas", "sigmas")?.steps ?? 1;
    default:
      return null;
  }
}

/**
 * What a node puts out, one value for each of its outputs. Classes that are not named here pass on, for each
 * output, the first input of that type: what patches a model, joins conditionings or sharpens an image changes
 * nothing that this painter could show.
 */
export function evaluateNode(
  node: GraphNode,
  definition: NodeDefinition,
  inputs: NodeInputs,
  loadPhoto: (name: string) => Photo,
): NodeValue[] {
  const known = values[node.class_type];
  if (known) return known(inputs, loadPhoto);
  return definition.output.map((type) => passOn(type, inputs));
}

type Evaluate = (inputs: NodeInputs, loadPhoto: (name: string) => Photo) => NodeValue[];

const emptyLatent =
  (grid: number): Evaluate =>
  (inputs) => {
    const floored = (name: string) => Math.max(grid, Math.floor(inputs.number(name, 1024) / grid) * grid);
    const batch = Math.max(1, inputs.number("batch_size", 1));
    return [{ type: "latent", width: floored("width"), height: floored("height"), batch, picture: null }];
  };

const encodeText: Evaluate = (inputs) => [
  {
    type: "conditioning",
    text: inputs.text("text") || inputs.text("prompt") || inputs.text("clip_l"),
    references: ["image", "image1", "image2", "image3"].flatMap((name) =>
      photosOf(inputs.link(name, "image")?.pictures),
    ),
  },
];

const sample: Evaluate = (inputs) => {
  const latent = inputs.link("latent_image", "latent") ?? defaultLatent;
  const guider = inputs.link("guider", "guider");
  const noise = inputs.link("noise", "noise");
  const positive = guider?.positive ?? inputs.conditioning("positive");
  const negative = guider?.negative ?? inputs.conditioning("negative");
  const loras = guider?.loras ?? inputs.link("model", "model")?.loras ?? [];
  const seed = noise?.seed ?? inputs.number("seed", inputs.number("noise_seed", 0));
  const cfg = guider?.cfg ?? inputs.number("cfg", 1);
  const picture = paintingOf(latent, positive, negative, { seed, cfg, loras });
  return [
    { ...latent, picture },
    { ...latent, picture },
  ];
};

const steps: Evaluate = (inputs) => [{ type: "sigmas", steps: Math.max(1, inputs.number("steps", 20)) }];
const numberValue: Evaluate = (inputs) => [{ type: "number", value: inputs.number("value", 0) }];
const textValue: Evaluate = (inputs) => [{ type: "text", value: inputs.text("value") }];
const lora: Evaluate = (inputs) => {
  const model = inputs.link("model", "model");
  const strength = inputs.number("strength_model", 1);
  const name = inputs.text("lora_name");
  return [
    { type: "model", loras: [...(model?.loras ?? []), ...(strength === 0 ? [] : [name])] },
    { type: "opaque" },
  ];
};
const encodeImage: Evaluate = (inputs) => {
  const picture = inputs.link("pixels", "image")?.pictures[0] ?? null;
  const { width, height } = picture ? sizeOf(picture) : defaultLatent;
  return [{ type: "latent", width: floor8(width), height: floor8(height), batch: 1, picture }];
};
const decode: Evaluate = (inputs) => {
  const latent = inputs.link("samples", "latent") ?? defaultLatent;
  const picture = latent.picture ?? {
    kind: "plain",
    width: latent.width,
    height: latent.height,
    color: 0x808080,
  };
  const shown = resize(picture, latent);
  // Each picture of a batch has its own noise.
  const one = (i: number): Picture =>
    shown.kind === "painting" ? { ...shown, seed: shown.seed + i } : shown;
  return [{ type: "image", pictures: Array.from({ length: latent.batch }, (_, i) => one(i)) }];
};
const scaleImage =
  (
    size: (from: { width: number; height: number }, inputs: NodeInputs) => { width: number; height: number },
  ): Evaluate =>
  (inputs) => {
    const pictures = (inputs.first("image")?.pictures ?? []).map((it) =>
      resize(it, size(sizeOf(it), inputs)),
    );
    return [{ type: "image", pictures }];
  };

const values: Record<string, Evaluate | undefined> = {
  CLIPTextEncode: encodeText,
  CLIPTextEncodeFlux: encodeText,
  CLIPTextEncodeSD3: encodeText,
  CLIPTextEncodeSDXL: (inputs) => [
    { ...emptyConditioning, text: inputs.text("text_g") || inputs.text("text_l") },
  ],
  CLIPTextEncodeLumina2: (inputs) => [{ ...emptyConditioning, text: inputs.text("user_prompt") }],
  TextEncodeQwenImageEdit: encodeText,
  TextEncodeQwenImageEditPlus: encodeText,
  ConditioningZeroOut: () => [emptyConditioning],
  ReferenceLatent: (inputs) => {
    const conditioning = inputs.conditioning("conditioning");
    const added = photosOf([inputs.link("latent", "latent")?.picture ?? null]);
    return [{ ...conditioning, references: [...conditioning.references, ...added] }];
  },
  EmptyLatentImage: emptyLatent(8),
  EmptySD3LatentImage: emptyLatent(8),
  EmptyFlux2LatentImage: emptyLatent(16),
  EmptyHunyuanLatentVideo: emptyLatent(8),
  EmptyHunyuanImageLatent: emptyLatent(32),
  KSampler: sample,
  KSamplerAdvanced: sample,
  SamplerCustom: sample,
  SamplerCustomAdvanced: sample,
  CFGGuider: (inputs) => [guiderOf(inputs, "positive", inputs.number("cfg", 1))],
  DualCFGGuider: (inputs) => [guiderOf(inputs, "cond1", inputs.number("cfg_conds", 1))],
  BasicGuider: (inputs) => [guiderOf(inputs, "conditioning", 1)],
  RandomNoise: (inputs) => [{ type: "noise", seed: inputs.number("noise_seed", 0) }],
  DisableNoise: () => [{ type: "noise", seed: 0 }],
  BasicScheduler: steps,
  BetaSamplingScheduler: steps,
  ExponentialScheduler: steps,
  Flux2Scheduler: steps,
  KarrasScheduler: steps,
  SDTurboScheduler: steps,
  LoraLoader: lora,
  LoraLoaderModelOnly: lora,
  UNETLoader: () => [{ type: "model", loras: [] }],
  CheckpointLoaderSimple: () => [{ type: "model", loras: [] }, { type: "opaque" }, { type: "opaque" }],
  VAEEncode: encodeImage,
  VAEEncodeTiled: encodeImage,
  VAEEncodeForInpaint: encodeImage,
  VAEDecode: decode,
  VAEDecodeTiled: decode,
  LoadImage: (inputs, loadPhoto) => [
    { type: "image", pictures: [loadPhoto(inputs.text("image"))] },
    { type: "opaque" },
  ],
  GetImageSize: (inputs) => {
    const pictures = inputs.link("image", "image")?.pictures ?? [];
    const { width, height } = pictures[0] ? sizeOf(pictures[0]) : defaultLatent;
    return [width, height, pictures.length].map((value) => ({ type: "number", value }));
  },
  EmptyImage: (inputs) => {
    const width = inputs.number("width", 512);
    const height = inputs.number("height", 512);
    return [
      { type: "image", pictures: [{ kind: "plain", width, height, color: inputs.number("color", 0) }] },
    ];
  },
  ImageScale: scaleImage((from, inputs) => {
    const width = inputs.number("width", 0);
    const height = inputs.number("height", 0);
    // 0 means: keep the shape.
    return {
      width: width || Math.max(1, Math.round((from.width * height) / from.height)),
      height: height || Math.max(1, Math.round((from.height * width) / from.width)),
    };
  }),
  ImageScaleBy: scaleImage((from, inputs) => {
    const factor = inputs.number("scale_by", 1);
    return { width: Math.round(from.width * factor), height: Math.round(from.height * factor) };
  }),
  ImageScaleToTotalPixels: scaleImage((from, inputs) =>
    fitPixels(from, inputs.number("megapixels", 1) * 1024 * 1024),
  ),
  PrimitiveInt: numberValue,
  PrimitiveFloat: numberValue,
  PrimitiveString: textValue,
  PrimitiveStringMultiline: textValue,
  StringConcatenate: (inputs) => [
    { type: "text", value: inputs.text("string_a") + inputs.text("delimiter") + inputs.text("string_b") },
  ],
};

const defaultLatent = { type: "latent", width: 1024, height: 1024, batch: 1, picture: null } as const;

function guiderOf(inputs: NodeInputs, positive: string, cfg: number): NodeValue {
  return {
    type: "guider",
    positive: inputs.conditioning(positive),
    negative: inputs.conditioning("negative"),
    cfg,
    loras: inputs.link("model", "model")?.loras ?? [],
  };
}

function photosOf(pictures: readonly (Picture | null)[] | undefined): Photo[] {
  return (pictures ?? []).filter((picture) => picture?.kind === "photo");
}

function floor8(pixels: number): number {
  return Math.max(8, Math.floor(pixels / 8) * 8);
}

const typeOfOutput: Record<string, NodeValue["type"] | undefined> = {
  MODEL: "model",
  CONDITIONING: "conditioning",
  LATENT: "latent",
  IMAGE: "image",
  NOISE: "noise",
  SIGMAS: "sigmas",
  GUIDER: "guider",
  INT: "number",
  FLOAT: "number",
  STRING: "text",
};

function passOn(output: unknown, inputs: NodeInputs): NodeValue {
  const type = typeOfOutput[String(output)];
  return (type && inputs.first(type)) ?? { type: "opaque" };
}

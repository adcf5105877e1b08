/** What a node does for the progress of an image. */
export type NodeRole = "load" | "text" | "prepare" | "sample" | "decode" | "upscale" | "save" | "other";

const rules: [NodeRole, RegExp][] = [
  ["prepare", /^LoadImage|^ImageScale|VAEEncode|^Resize/i],
  ["load", /loader/i],
  ["text", /TextEncode/i],
  ["decode", /VAEDecode/i],
  // Not what only names a sampler: KSamplerSelect, SamplerEulerAncestral.
  ["sample", /^SamplerCustom|^(?!sampler|ksamplerselect$).*sampler|^UltimateSDUpscale|FaceDetailer/i],
  ["upscale", /^ImageUpscale|UpscaleWithModel/i],
  ["save", /^(Save|Preview)/i],
];

/** What a node does, read from its class's name. */
export function nodeRole(classType: string): NodeRole {
  return rules.find(([, pattern]) => pattern.test(classType))?.[0] ?? "other";
}

/** How much of an image's time a node takes, roughly, in shares. */
export const roleWeight: Readonly<Record<NodeRole, number>> = {
  load: 4,
  text: 2,
  prepare: 1,
  sample: 60,
  decode: 5,
  upscale: 10,
  save: 2,
  other: 0.2,
};

const modelFile = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|gguf|onnx|pkl)$/i;

/** Folders of ComfyUI by `class.input`, where the input's name alone does not tell. */
const byClassAndInput: Record<string, string> = {
  "CLIPVisionLoader.clip_name": "models/clip_vision",
  "UpscaleModelLoader.model_name": "models/upscale_models",
  "LatentUpscaleModelLoader.model_name": "models/latent_upscale_models",
  "ModelPatchLoader.name": "models/model_patches",
  "AudioEncoderLoader.audio_encoder_name": "models/audio_encoders",
  "unCLIPCheckpointLoader.ckpt_name": "models/checkpoints",
  "TrainLoraNode.existing_lora": "models/loras",
};

/** Folders by the input's name, digits at its end left out (`clip_name2`). Custom loaders keep to these names. */
const byInput: Record<string, string> = {
  unet_name: "models/diffusion_models",
  diffusion_model: "models/diffusion_models",
  clip_name: "models/text_encoders",
  text_encoder: "models/text_encoders",
  text_encoder_name: "models/text_encoders",
  vae_name: "models/vae",
  ckpt_name: "models/checkpoints",
  lora_name: "models/loras",
  control_net_name: "models/controlnet",
  controlnet_name: "models/controlnet",
  clip_vision_name: "models/clip_vision",
  upscale_model_name: "models/upscale_models",
  style_model_name: "models/style_models",
  gligen_name: "models/gligen",
  hypernetwork_name: "models/hypernetworks",
  ipadapter_file: "models/ipadapter",
};

/** The folder of ComfyUI that a node reads an input's file from, e.g. `models/loras`; null where it is not known. */
export function modelFolder(classType: string, input: string): string | null {
  const exact = `${classType}.${input}`;
  if (Object.hasOwn(byClassAndInput, exact)) return byClassAndInput[exact] ?? null;
  const name = input.replace(/_?\d+$/, "");
  return Object.hasOwn(byInput, name) ? (byInput[name] ?? null) : null;
}

/** Whether a value names a model file, by its input or by its ending; a sampler's name is none. */
export function isModelFile(classType: string, input: string, value: string): boolean {
  return modelFolder(classType, input) !== null || modelFile.test(value);
}

/** How to put a missing file right, as a sentence. */
export function missingFileRemedy(
  file: string,
  folder: string | null,
  classType: string,
  {
    nearest,
    download,
    isLora = false,
  }: { nearest?: string | undefined; download?: string | undefined; isLora?: boolean } = {},
): string {
  const where = folder
    ? `ComfyUI's folder ${folder}`
    : `the folder of ComfyUI that the node ${classType} reads`;
  const from = download ? ` (from ${download})` : "";
  const other = nearest
    ? `choose "${nearest}", which is there, on the page of ${isLora ? "the style or the model" : "the model"}`
    : "choose a file that is there";
  return `Put "${file}"${from} into ${where}, or ${other}, then try again.`;
}

/** How to get a missing node, as a sentence. */
export const missingNodeRemedy =
  'Install it with ComfyUI-Manager ("Install Missing Custom Nodes") or update ComfyUI, restart ComfyUI, then try again.';

import definitions from "./object-info.json";

/** The folders of model files that a test or the demo can fill. */
export type ModelFolder = "diffusion_models" | "text_encoders" | "vae" | "loras" | "checkpoints";

/** How an input is declared: its type or its choices, then its limits. */
export type InputSpec = readonly [
  type: string | readonly unknown[],
  options?: Readonly<Record<string, unknown>>,
];

/** One class as `GET /object_info` describes it. */
export interface NodeDefinition {
  input: { required?: Record<string, InputSpec>; optional?: Record<string, InputSpec>; hidden?: unknown };
  output: readonly unknown[];
  output_node: boolean;
  name: string;
  [more: string]: unknown;
}

const recorded = definitions as unknown as Record<string, NodeDefinition>;

/** Which folder the choices of an input come from. */
const folderOfInput: Record<string, ModelFolder | undefined> = {
  unet_name: "diffusion_models",
  clip_name: "text_encoders",
  clip_name1: "text_encoders",
  clip_name2: "text_encoders",
  clip_name3: "text_encoders",
  clip_name4: "text_encoders",
  vae_name: "vae",
  lora_name: "loras",
  ckpt_name: "checkpoints",
};

/** The files of the server that the protocol was recorded on. */
const recordedFiles: Record<ModelFolder, string[]> = {
  diffusion_models: [
    "flux-2-klein-4b-fp8.safetensors",
    "flux-2-klein-base-4b-fp8.safetensors",
    "z_image_turbo_bf16.safetensors",
  ],
  text_encoders: ["qwen_3_4b.safetensors"],
  vae: ["ae.safetensors", "flux2-vae.safetensors", "full_encoder_small_decoder.safetensors"],
  loras: ["noir.safetensors", "watercolor.safetensors"],
  checkpoints: [],
};

/** The classes this server knows, with its own model files as the choices of their inputs. */
export class NodeDefinitions {
  readonly files: Record<ModelFolder, string[]>;
  readonly #missing: ReadonlySet<string>;

  constructor(files: Partial<Record<ModelFolder, string[]>> = {}, missingClasses: readonly string[] = []) {
    this.files = { ...recordedFiles, ...files };
    this.#missing = new Set(missingClasses);
  }

  /** The class of that name with the choices of this moment, or undefined if it is not installed. */
  find(classType: string): NodeDefinition | undefined {
    const known = Object.hasOwn(recorded, classType) && !this.#missing.has(classType);
    const definition = known ? recorded[classType] : undefined;
    if (!definition) return undefined;
    const { required, optional } = definition.input;
    return {
      ...definition,
      input: {
        ...definition.input,
        ...(required && { required: this.#withChoices(required) }),
        ...(optional && { optional: this.#withChoices(optional) }),
      },
    };
  }

  /** All classes, as `GET /object_info` answers. */
  all(): Record<string, NodeDefinition> {
    return Object.fromEntries(
      Object.keys(recorded).flatMap((name) => {
        const definition = this.find(name);
        return definition ? [[name, definition]] : [];
      }),
    );
  }

  #withChoices(inputs: Record<string, InputSpec>): Record<string, InputSpec> {
    return Object.fromEntries(
      Object.entries(inputs).map(([name, spec]): [string, InputSpec] => {
        const folder = folderOfInput[name];
        if (!folder) return [name, spec];
        // `pixel_space` is offered beside the files of the folder: it is no file.
        const choices = folder === "vae" ? [...this.files.vae, "pixel_space"] : [...this.files[folder]];
        if (spec[0] === "COMBO") return [name, ["COMBO", { ...spec[1], options: choices }]];
        return [name, spec.length > 1 ? [choices, spec[1]] : [choices]];
      }),
    );
  }
}

/** The choices of an input in either of the two ways they are declared, or null where it is no choice. */
export function choicesOf(spec: InputSpec): readonly unknown[] | null {
  const [type, options] = spec;
  if (Array.isArray(type)) return type;
  if (type === "COMBO") return Array.isArray(options?.["options"]) ? options["options"] : [];
  return null;
}

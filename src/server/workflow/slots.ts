/** A place in a workflow where a value goes in. `input` is the name of the node's input. */
export interface SlotRef {
  nodeId: string;
  classType: string;
  title: string | null;
  input: string;
}

/** One reference picture's way into the conditioning. */
export interface ReferenceStage {
  /** The inputs that name the picture; more than one where the graph joins pictures into one latent. */
  loads: SlotRef[];
  /** The nodes that put its latent on a conditioning, each with a `conditioning` and a `latent` link. */
  appliedBy: string[];
}

export interface ReferenceSlot {
  /** Chained reference latents, in the order in which they are applied; may be shortened and extended. */
  stages: ReferenceStage[];
  /** Picture inputs that lead to the output in any other way: fixed in number, each needs a picture. */
  fixed: SlotRef[];
  /** Whether the graph still makes a picture when all references are taken out. */
  isRemovable: boolean;
  /** Free inputs of encoders that take further pictures beside the first (Qwen's `image2`, `image3`). */
  growth: { nodeIds: string[]; first: string; free: string[] } | null;
}

export interface LoraSlot {
  /** The outputs that the model comes from: a LoRA goes between each and all its users. */
  models: {
    nodeId: string;
    classType: string;
    title: string | null;
    output: number;
    /** The output of the text encoder that is loaded with it and reads the prompt; null where another node loads it. */
    clip: number | null;
  }[];
}

/** A picture or latent made larger on its way, to a size in numbers: it keeps its share of the size that is sampled. */
export interface ScaledSlot {
  nodeId: string;
  /** How many times as wide and high as what is sampled it is in the workflow as it was saved. */
  widthFactor: number;
  heightFactor: number;
}

/** Where values go into a workflow. Plain JSON; an empty list or null means that the workflow has no such place. */
export interface Slots {
  prompt: SlotRef[];
  negative: SlotRef[];
  seed: SlotRef[];
  steps: SlotRef[];
  cfg: SlotRef[];
  width: SlotRef[];
  height: SlotRef[];
  scaled: ScaledSlot[];
  reference: ReferenceSlot | null;
  /** How many reference pictures the workflow can take. */
  maxReferences: number;
  lora: LoraSlot | null;
  /** The output whose picture is used; `input` is where it takes the picture. */
  output: SlotRef;
}

export type SlotName =
  | "prompt"
  | "negative"
  | "seed"
  | "steps"
  | "cfg"
  | "width"
  | "height"
  | "reference"
  | "lora"
  | "output";

/** Which of the wanted slots a workflow lacks, in the order asked. */
export function missingSlots(slots: Slots, wanted: readonly SlotName[]): SlotName[] {
  return wanted.filter((name) => {
    const slot = slots[name];
    return Array.isArray(slot) ? slot.length === 0 : slot === null;
  });
}

/** Whether a workflow makes a picture without any reference: it takes none, or its reference chain can be cut out. */
export function canRunWithoutReference(slots: Slots): boolean {
  return slots.reference === null || slots.reference.isRemovable;
}

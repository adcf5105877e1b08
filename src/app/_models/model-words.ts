import type { Model, SlotName } from "@/lib/schemas/model";
import { counted } from "../_ui/wording";

export const MODEL_TYPES: readonly { value: Model["workflowType"]; name: string }[] = [
  { value: "text-to-image", name: "Text to image" },
  { value: "image-to-image", name: "Image to image" },
  { value: "image-to-video", name: "Image to video" },
];

export const typeName = (type: Model["workflowType"]): string =>
  MODEL_TYPES.find((one) => one.value === type)?.name ?? type;

/** `2 files and 1 node missing`, by the codes of what a server lacks; null where it lacks nothing. */
export function missingWords(problems: readonly { code: string }[]): string | null {
  if (problems.length === 0) return null;
  const count = (...codes: string[]) => problems.filter(({ code }) => codes.includes(code)).length;
  const files = count("missing_file");
  const nodes = count("missing_node_type");
  const values = count("value_not_allowed", "input_missing");
  const lacks = [files > 0 && counted(files, "file"), nodes > 0 && counted(nodes, "node")].filter(Boolean);
  const parts = [
    lacks.length > 0 && `${lacks.join(" and ")} missing`,
    values > 0 && `${counted(values, "value")} to correct`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "its workflow cannot be used";
}

/** How a place in a workflow is called: its node's title, the node's number, and the input. */
export function placeName({
  title,
  classType,
  nodeId,
  input,
}: {
  title: string | null;
  classType: string;
  nodeId: string;
  input: string;
}): string {
  return `${title ?? classType} · ${nodeId} · ${input}`;
}

/** Places in a workflow in plain words, and what it means where there is none. */
export const SLOT_WORDS: Record<SlotName, { name: string; without: string }> = {
  prompt: { name: "Prompt", without: "the workflow’s own words are painted" },
  negative: { name: "Negative prompt", without: "takes none: that of a style is left out" },
  seed: { name: "Seed", without: "the workflow’s own is used each time" },
  steps: { name: "Steps", without: "stay as the workflow has them" },
  cfg: { name: "Guidance (cfg)", without: "stays as the workflow has it" },
  width: { name: "Width", without: "stays as the workflow has it" },
  height: { name: "Height", without: "stays as the workflow has it" },
  reference: { name: "Reference pictures", without: "takes none: characters are left out" },
  lora: { name: "LoRA", without: "LoRA styles cannot be used with it" },
  output: { name: "Picture", without: "nothing would come out" },
};

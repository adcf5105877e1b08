import { nearestNames } from "@/lib/nearest-names";
import { isLink } from "@/server/workflow/graph";
import type { GraphNode } from "@/server/workflow/graph";
import type { InputInfo, NodeInfo } from "@/server/workflow/node-info";
import { isModelFile } from "./model-folders";
import { badValue, missingInput } from "./workflow-problem";
import type { WorkflowProblem } from "./workflow-problem";

/** Of choices a sentence names at most these. */
const NAMED = 6;

/** What ComfyUI would refuse in a node's own values. What the definition does not know is left to ComfyUI. */
export function checkValues(nodeId: string, node: GraphNode, info: NodeInfo): WorkflowProblem[] {
  return Object.values(info.inputs).flatMap((input) => {
    const value = node.inputs[input.name];
    if (value === undefined) {
      // Inputs that grow or depend on a choice go by other names.
      const isPlain = !input.type.startsWith("COMFY_");
      return input.isRequired && isPlain ? [missingInput(nodeId, node.class_type, input.name)] : [];
    }
    const expected = isLink(value) ? null : expectedBy(node, input, value);
    return expected ? [badValue(nodeId, node.class_type, input.name, value, expected)] : [];
  });
}

/** What an input takes instead of this; null where it takes it. */
function expectedBy(
  node: GraphNode,
  { name, type, choices, isUpload, min, max }: InputInfo,
  value: unknown,
): { expected: string; nearest: string[] } | null {
  if (typeof value === "number" && (type === "INT" || type === "FLOAT")) {
    if (min !== null && value < min) return { expected: `at least ${min}`, nearest: [] };
    if (max !== null && value > max) return { expected: `at most ${max}`, nearest: [] };
  }
  const isChoice = type === "COMBO" && choices !== null && choices.length > 0 && !isUpload;
  if (!isChoice || (typeof value !== "string" && typeof value !== "number")) return null;
  const text = String(value);
  if (choices.includes(text) || isModelFile(node.class_type, name, text)) return null;
  const nearest = nearestNames(text, choices);
  const named = (nearest.length > 0 ? nearest : choices).slice(0, NAMED);
  return { expected: `one of ${choices.length}, such as ${named.join(", ")}`, nearest };
}

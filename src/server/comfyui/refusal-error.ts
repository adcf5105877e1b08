import { z } from "zod";
import { nodeAt } from "@/server/workflow/graph";
import type { Graph } from "@/server/workflow/graph";
import { ComfyError } from "./comfy-error";
import { isModelFile, missingFileRemedy, missingNodeRemedy, modelFolder } from "./model-folders";
import { nodeTitle } from "./node-title";

const inputError = z.object({
  type: z.string().default("unknown"),
  message: z.string().default(""),
  details: z.string().nullish(),
  extra_info: z.object({ input_name: z.string().nullish(), received_value: z.unknown() }).partial().nullish(),
});
const nodeErrors = z.record(
  z.string(),
  z.object({ class_type: z.string().default(""), errors: z.array(inputError).default([]) }),
);
const refusal = z.object({
  error: z
    .union([
      z.string().transform((message) => ({ type: "unknown", message, details: "", extra_info: null })),
      z.object({
        type: z.string().default("unknown"),
        message: z.string().default(""),
        details: z.string().nullish(),
        extra_info: z.object({ class_type: z.string(), node_id: z.string() }).partial().nullish(),
      }),
    ])
    .nullish(),
  // A refusal without them carries {} or [].
  node_errors: z.union([nodeErrors, z.array(z.unknown()).transform(() => ({}))]).nullish(),
});

type InputError = z.infer<typeof inputError> & { nodeId: string; classType: string; input: string | null };

/** Whether an accepted prompt's answer names faults all the same: then it must not be taken as accepted. */
export function hasNodeErrors(body: unknown): boolean {
  const errors = typeof body === "object" && body !== null && "node_errors" in body ? body.node_errors : null;
  return typeof errors === "object" && errors !== null && Object.keys(errors).length > 0;
}

/**
 * ComfyUI's refusal of a prompt as an error with a sentence and a remedy. Of several faults the one that
 * explains the most leads: a missing node, then a missing file, then whatever comes first.
 */
export function refusalError(body: unknown, graph: Graph): ComfyError {
  const parsed = refusal.safeParse(body);
  const error = parsed.success ? parsed.data.error : null;
  const faults = parsed.success ? faultsOf(parsed.data.node_errors ?? {}) : [];
  const missing = missingNode(error ?? null, graph, body);
  if (missing) return missing;
  const files = faults.filter((fault) => fault.type === "value_not_in_list" && fileOf(fault) !== null);
  if (files[0]) return missingFiles(files[0], files, body);
  if (faults[0]) return invalidInput(faults[0], faults.length, graph, body);
  if (error?.type === "prompt_no_outputs") {
    return invalid("The workflow has no node that saves a picture.", body, "Add a Save Image node to it.");
  }
  if (error?.type === "invalid_prompt_id") {
    return new ComfyError("refused", "permanent", "ComfyUI did not accept the id of the prompt.", {
      details: body,
    });
  }
  const reason = [error?.message, error?.details].filter(Boolean).join(": ");
  return invalid(`ComfyUI refused the workflow${reason ? `: ${firstLine(reason)}` : ""}.`, body);
}

function faultsOf(nodes: z.infer<typeof nodeErrors>): InputError[] {
  return Object.entries(nodes).flatMap(([nodeId, node]) =>
    node.errors.map((fault) => ({
      ...fault,
      nodeId,
      classType: node.class_type,
      input: fault.extra_info?.input_name ?? null,
    })),
  );
}

type RefusalHead = NonNullable<z.infer<typeof refusal>["error"]>;

function missingNode(error: RefusalHead | null, graph: Graph, body: unknown): ComfyError | null {
  if (!error) return null;
  // Older servers: type invalid_prompt, "Cannot execute because node X does not exist.", details "Node ID '#3'".
  const isOld =
    error.type === "invalid_prompt" && /does not exist|missing the class_type/.test(error.message);
  if (error.type !== "missing_node_type" && !isOld) return null;
  const nodeId = error.extra_info?.node_id ?? /#([^']+)'/.exec(error.details ?? "")?.[1] ?? null;
  const inGraph = nodeId === null ? undefined : nodeAt(graph, nodeId)?.class_type;
  const classType =
    error.extra_info?.class_type ?? inGraph ?? /node (.+?) does not exist/.exec(error.message)?.[1];
  const name = classType ? `the node "${classType}", which` : "a node that";
  return new ComfyError(
    "missing_node_type",
    "permanent",
    `The workflow needs ${name} is not installed in ComfyUI.`,
    {
      remedy: missingNodeRemedy,
      details: body,
    },
  );
}

function fileOf(fault: InputError): string | null {
  const value = fault.extra_info?.received_value;
  if (typeof value !== "string" || fault.input === null) return null;
  return isModelFile(fault.classType, fault.input, value) ? value : null;
}

function missingFiles(first: InputError, all: InputError[], body: unknown): ComfyError {
  const file = fileOf(first) ?? "";
  const input = first.input ?? "";
  const others = [...new Set(all.map(fileOf))].filter((name) => name !== file);
  const more = others.length > 0 ? `; also missing: ${others.map((name) => `"${name}"`).join(", ")}` : "";
  const message = `ComfyUI does not have the file "${file}" that the workflow's ${first.classType} loads${more}.`;
  return new ComfyError("missing_file", "permanent", message, {
    remedy: missingFileRemedy(file, modelFolder(first.classType, input), first.classType),
    field: first.input,
    details: body,
  });
}

function invalidInput(fault: InputError, count: number, graph: Graph, body: unknown): ComfyError {
  const node = nodeTitle(graph, fault.nodeId, fault.classType || null);
  if (fault.type === "custom_validation_failed" && fault.classType.startsWith("LoadImage")) {
    // An uploaded reference is gone from the server; the next attempt uploads it again.
    return new ComfyError(
      "file_gone",
      "transient",
      "ComfyUI no longer has the reference picture it was sent.",
      {
        field: fault.input,
        details: body,
      },
    );
  }
  const value = fault.extra_info?.received_value;
  const got =
    value === undefined || typeof value === "object"
      ? ""
      : ` (it got ${JSON.stringify(value).slice(0, 100)})`;
  const input = fault.input ? `, input ${fault.input}` : "";
  const more = count > 1 ? `, and ${count - 1} more` : "";
  const message = `ComfyUI refused ${node}${input}: ${firstLine(fault.message || fault.type)}${got}${more}.`;
  return invalid(message, body, "Correct the workflow or the model's settings.", fault.input);
}

function invalid(message: string, details: unknown, remedy?: string, field?: string | null): ComfyError {
  return new ComfyError("invalid_workflow", "permanent", message, { remedy, field, details });
}

function firstLine(text: string): string {
  return (text.trim().split(/\r?\n/)[0] ?? "").replace(/\.+$/, "").slice(0, 300);
}

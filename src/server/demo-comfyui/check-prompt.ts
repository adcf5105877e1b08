import { isLink, type Graph, type GraphNode } from "@/server/workflow/graph";
import { checkValue, linkMismatch, type InputError } from "./check-value";
import { choicesOf, type NodeDefinition, type NodeDefinitions } from "./node-definitions";

/** The errors of one node as a refusal lists them. */
export interface NodeErrors {
  errors: InputError[];
  dependent_outputs: string[];
  class_type: string;
}

/** The body of a refusal; with a 200 only `node_errors` is sent. */
export interface Refusal {
  error: { type: string; message: string; details: string; extra_info: Record<string, unknown> };
  node_errors: Record<string, NodeErrors>;
}

export type Verdict =
  | { ok: true; outputs: string[]; nodeErrors: Record<string, NodeErrors> }
  | { ok: false; refusal: Refusal };

/** A refusal that names no input of a node. */
export function refuse(
  type: string,
  message: string,
  details = "",
  extra: Record<string, unknown> = {},
): Refusal {
  return { error: { type, message, details, extra_info: extra }, node_errors: {} };
}

/**
 * ComfyUI's checks before a prompt is queued: all classes known, at least one output node, and from each output
 * node back every input there, of its type and within its limits. One good output is enough: the others are left
 * out and told in `nodeErrors`.
 */
export function checkPrompt(
  graph: Graph,
  definitions: NodeDefinitions,
  uploadExists: (name: string) => boolean,
): Verdict {
  const classes = new Map<string, NodeDefinition>();
  for (const [id, node] of Object.entries(graph)) {
    const title = node._meta?.title ?? node.class_type ?? id;
    const definition = typeof node.class_type === "string" ? definitions.find(node.class_type) : undefined;
    if (!definition) {
      const message =
        node.class_type === undefined
          ? `Node '${title}' has no class_type. The workflow may be corrupted or a custom node is missing.`
          : `Node '${title}' not found. The custom node may not be installed.`;
      const extra = { node_id: id, class_type: node.class_type ?? null, node_title: title };
      return { ok: false, refusal: refuse("missing_node_type", message, `Node ID '#${id}'`, extra) };
    }
    classes.set(id, definition);
  }
  const outputs = [...classes].flatMap(([id, definition]) => (definition.output_node ? [id] : []));
  if (outputs.length === 0)
    return { ok: false, refusal: refuse("prompt_no_outputs", "Prompt has no outputs") };

  const check = new Check(graph, classes, uploadExists);
  const good = outputs.filter((id) => check.output(id));
  if (good.length > 0) return { ok: true, outputs: good, nodeErrors: check.nodeErrors };
  const details = outputs
    .flatMap((id) => check.nodeErrors[id]?.errors ?? [])
    .map((error) => `${error.message}: ${error.details}`)
    .join("\n");
  const refusal = refuse("prompt_outputs_failed_validation", "Prompt outputs failed validation", details);
  return { ok: false, refusal: { ...refusal, node_errors: check.nodeErrors } };
}

class Check {
  readonly nodeErrors: Record<string, NodeErrors> = {};
  readonly #checked = new Map<string, InputError[] | "upstream" | null>();

  constructor(
    readonly graph: Graph,
    readonly classes: ReadonlyMap<string, NodeDefinition>,
    readonly uploadExists: (name: string) => boolean,
  ) {}

  /** Checks one output node and all that it needs, and notes what is wrong. */
  output(id: string): boolean {
    if (this.#isGood(id, [])) return true;
    for (const [nodeId, found] of this.#checked) {
      if (!Array.isArray(found)) continue;
      const classType = this.graph[nodeId]?.class_type ?? "";
      this.nodeErrors[nodeId] ??= { errors: found, dependent_outputs: [], class_type: classType };
      this.nodeErrors[nodeId].dependent_outputs.push(id);
    }
    return false;
  }

  /** A node below a faulty one is faulty too, but has no errors of its own: `upstream`. */
  #isGood(id: string, path: readonly string[]): boolean {
    const known = this.#checked.get(id);
    if (known !== undefined) return known === null;
    const node = this.graph[id];
    const definition = this.classes.get(id);
    if (!node || !definition) return false;
    const errors: InputError[] = [];
    let upstream = true;
    const inputs = { ...definition.input.required, ...definition.input.optional };
    for (const [name, spec] of Object.entries(inputs)) {
      if (!Object.hasOwn(node.inputs, name)) {
        if (definition.input.required && Object.hasOwn(definition.input.required, name))
          errors.push(missing(name));
        continue;
      }
      const value = node.inputs[name];
      if (Array.isArray(value)) {
        const error = this.#checkLink(name, value, spec, path.concat(id));
        if (error === "upstream") upstream = false;
        else if (error) errors.push(error);
      } else {
        const error = checkValue(name, value, spec) ?? this.#checkUpload(node, name, value, spec);
        if (error) errors.push(error);
      }
    }
    this.#checked.set(id, errors.length > 0 ? errors : upstream ? null : "upstream");
    return errors.length === 0 && upstream;
  }

  #checkLink(
    name: string,
    value: readonly unknown[],
    spec: Parameters<typeof linkMismatch>[2],
    path: readonly string[],
  ): InputError | "upstream" | null {
    const config = [spec[0], spec[1] ?? {}];
    if (!isLink(value)) {
      const message = "Bad linked input, must be a length-2 list of [node_id, slot_index]";
      const extra_info = { input_name: name, input_config: config, received_value: value };
      return { type: "bad_linked_input", message, details: name, extra_info };
    }
    const [source, output] = value;
    const definition = this.classes.get(source);
    if (!definition || path.includes(source)) {
      // ComfyUI trips over the missing key and reports the exception by its text.
      const text = definition ? "Dependency cycle detected" : `'${source}'`;
      const message = "Exception when validating inner node";
      const type = definition ? "DependencyCycleError" : "KeyError";
      const extra_info = {
        input_name: name,
        input_config: config,
        exception_message: text,
        exception_type: type,
        traceback: [],
        linked_node: value,
      };
      return { type: "exception_during_inner_validation", message, details: text, extra_info };
    }
    return (
      linkMismatch(name, value, spec, definition.output[output]) ??
      (this.#isGood(source, path) ? null : "upstream")
    );
  }

  /** LoadImage has a check of its own in place of the list of choices: the file must be there. */
  #checkUpload(
    node: GraphNode,
    name: string,
    value: unknown,
    spec: Parameters<typeof linkMismatch>[2],
  ): InputError | null {
    if (!node.class_type.startsWith("LoadImage") || name !== "image" || choicesOf(spec) === null) return null;
    if (this.uploadExists(String(value))) return null;
    return {
      type: "custom_validation_failed",
      message: "Custom validation failed for node",
      details: `image - Invalid image file: ${String(value)}`,
      extra_info: { input_name: name, input_config: [spec[0], spec[1] ?? {}], received_value: value },
    };
  }
}

function missing(name: string): InputError {
  return {
    type: "required_input_missing",
    message: "Required input is missing",
    details: name,
    extra_info: { input_name: name },
  };
}

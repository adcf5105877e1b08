import type { NodeInfo } from "../node-info";
import type { EditorNode } from "./editor-file";
import { readFields } from "./node-fields";

/** What the definitions of the server make of the nodes of a file; each node is read once. */
export class NodeReader {
  readonly #infos: ReadonlyMap<string, NodeInfo | null>;
  readonly #fields = new Map<EditorNode, ReadonlyMap<string, unknown>>();

  constructor(infos: ReadonlyMap<string, NodeInfo | null>) {
    this.#infos = infos;
  }

  /** null for a class that the server does not know. */
  info(node: EditorNode): NodeInfo | null {
    return this.#infos.get(node.type) ?? null;
  }

  /** The values of a node's fields by the names of their inputs. */
  fields(node: EditorNode): ReadonlyMap<string, unknown> {
    const known = this.#fields.get(node);
    if (known) return known;
    const info = this.info(node);
    const fields = info ? readFields(node, info) : guessFields(node);
    this.#fields.set(node, fields);
    return fields;
  }
}

/** Of a class that nobody describes: its fields by the names of its inputs, where the file names as many. */
function guessFields(node: EditorNode): Map<string, unknown> {
  if (!Array.isArray(node.values)) return new Map(Object.entries({ ...node.named, ...node.values }));
  const names = node.inputs.flatMap(({ widget }) => widget ?? []);
  const values: readonly unknown[] = node.values;
  return names.length === values.length
    ? new Map(names.map((name, index) => [name, values[index]]))
    : new Map(Object.entries(node.named));
}

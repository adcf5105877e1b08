import { z } from "zod";
import type { ModelSource } from "../graph";
import { readModelSources } from "../parse-workflow";
import { WorkflowError } from "../workflow-error";

/** An input of a node as the editor saved it. */
export interface EditorInput {
  name: string;
  type: string;
  link: string | null;
  /** The field that it stands for, where it is a field turned into an input. */
  widget: string | null;
}

/** A node as the editor saved it. */
export interface EditorNode {
  id: string;
  /** Its class, or the id of a subgraph. */
  type: string;
  title: string | null;
  mode: number;
  inputs: EditorInput[];
  outputs: { name: string; type: string }[];
  /** The values of its fields, in their order or by name. */
  values: readonly unknown[] | Readonly<Record<string, unknown>>;
  /** The same by name, where the file has them twice. */
  named: Readonly<Record<string, unknown>>;
  properties: Readonly<Record<string, unknown>>;
}

export interface EditorLink {
  origin: string;
  originSlot: number;
  target: string;
  targetSlot: number;
  type: string;
}

/** One canvas: the workflow's own or that of a subgraph. */
export interface EditorGraph {
  nodes: ReadonlyMap<string, EditorNode>;
  links: ReadonlyMap<string, EditorLink>;
  /** Of a subgraph: its own inputs and outputs, with the links at them. */
  inputs: readonly { name: string; links: string[] }[];
  outputs: readonly { name: string; links: string[] }[];
}

export interface EditorFile {
  root: EditorGraph;
  subgraphs: ReadonlyMap<string, EditorGraph>;
  /** The highest id that was given to a node; new ids follow it. */
  lastNodeId: number;
  /** Where its model files come from. */
  models: readonly ModelSource[];
}

/** Where a link of a subgraph begins that comes from outside. */
export const SUBGRAPH_INPUT = "-10";

/** Ids may be numbers or words; a type may be a list of choices, or a number that the editor uses for events. */
const id = z.union([z.number(), z.string()]).transform(String);
const type = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? "COMBO" : typeof value === "string" ? value : "*"));
const record = z.record(z.string(), z.unknown());
const slot = z.object({ name: z.string().catch(""), type });
const widget = z
  .object({ name: z.string() })
  .transform(({ name }) => name)
  .nullish()
  .catch(null);
const nodeSchema = z
  .object({
    id,
    type: z.string(),
    title: z.string().nullish().catch(null),
    mode: z.number().catch(0),
    inputs: z.array(slot.extend({ link: id.nullish().catch(null), widget })).nullish(),
    outputs: z.array(slot).nullish(),
    widgets_values: z.union([z.array(z.unknown()), record]).nullish(),
    widgets_values_named: record.nullish().catch(null),
    properties: record.nullish().catch(null),
  })
  .transform((node): EditorNode => ({
    id: node.id,
    type: node.type,
    title: node.title || null,
    mode: node.mode,
    inputs: (node.inputs ?? []).map((input) => ({
      name: input.name,
      type: input.type,
      link: input.link ?? null,
      widget: input.widget ?? null,
    })),
    outputs: node.outputs ?? [],
    values: node.widgets_values ?? [],
    named: node.widgets_values_named ?? {},
    properties: node.properties ?? {},
  }));
const tupleLink = z
  .tuple([id, id, z.number(), id, z.number()], z.unknown())
  .transform(([link, origin, originSlot, target, targetSlot, kind]): [string, EditorLink] => [
    link,
    { origin, originSlot, target, targetSlot, type: type.parse(kind) },
  ]);
const objectLink = z
  .object({ id, origin_id: id, origin_slot: z.number(), target_id: id, target_slot: z.number(), type })
  .transform((link): [string, EditorLink] => [
    link.id,
    {
      origin: link.origin_id,
      originSlot: link.origin_slot,
      target: link.target_id,
      targetSlot: link.target_slot,
      type: link.type,
    },
  ]);
const ends = z
  .array(z.object({ name: z.string().catch(""), linkIds: z.array(id).nullish() }))
  .transform((all) => all.map(({ name, linkIds }) => ({ name, links: linkIds ?? [] })))
  .nullish();
const graphSchema = z.object({
  nodes: z.array(z.unknown()),
  // Deleted links leave nulls behind in old files; newer ones have an object by id.
  links: z.union([z.array(z.unknown()), record.transform((all) => Object.values(all))]).nullish(),
  inputs: ends,
  outputs: ends,
});
const fileSchema = graphSchema.extend({
  models: z.unknown().optional(),
  last_node_id: z.coerce.number().int().catch(0),
  definitions: z
    .object({ subgraphs: z.array(graphSchema.extend({ id: z.string() })).nullish() })
    .nullish()
    .catch(null),
});

const REPAIR = "Open the workflow in ComfyUI, save it again, then use that file.";

/** Whether a JSON value is a workflow in the editor's own format. */
export function isEditorFile(value: unknown): value is { nodes: unknown[] } {
  return typeof value === "object" && value !== null && "nodes" in value && Array.isArray(value.nodes);
}

/** Reads the format that ComfyUI's editor saves. Throws `workflow_broken_file` with the place. */
export function readEditorFile(value: unknown): EditorFile {
  const file = read(fileSchema, value, "");
  const subgraphs = (file.definitions?.subgraphs ?? []).map(
    (one, index) => [one.id, readGraph(one, `definitions.subgraphs.${index}.`)] as const,
  );
  return {
    root: readGraph(file, ""),
    subgraphs: new Map(subgraphs),
    lastNodeId: file.last_node_id,
    models: readModelSources(file.models),
  };
}

function readGraph(graph: z.infer<typeof graphSchema>, place: string): EditorGraph {
  const nodes = graph.nodes.map((node, index) => read(nodeSchema, node, `${place}nodes.${index}`));
  const links = (graph.links ?? []).flatMap((link, index): [string, EditorLink][] =>
    link === null
      ? []
      : [
          read<[string, EditorLink]>(
            Array.isArray(link) ? tupleLink : objectLink,
            link,
            `${place}links.${index}`,
          ),
        ],
  );
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    links: new Map(links),
    inputs: graph.inputs ?? [],
    outputs: graph.outputs ?? [],
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  const field = [place.replace(/\.$/, ""), ...(issue?.path ?? [])].filter((part) => part !== "").join(".");
  throw new WorkflowError(
    "workflow_broken_file",
    `The workflow file is damaged at ${field || "its beginning"}: ${issue?.message ?? "it has another shape"}.`,
    { field: field || null, remedy: REPAIR },
  );
}

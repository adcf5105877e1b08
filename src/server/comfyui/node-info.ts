import { z } from "zod";
import { getJson } from "./fetch-json";
import type { ComfyHttp } from "./http";

/** One input of a node class. */
export interface InputInfo {
  /** `INT`, `MODEL`, … and `COMBO` for every form of a choice. */
  type: string;
  isRequired: boolean;
  /** What may be chosen; null if the input is no choice, or if its choices are not told. */
  choices: string[] | null;
  /** Whether the choices are uploaded pictures, as in LoadImage. */
  isUpload: boolean;
  /** Whether the editor adds a field to it that says what becomes of a seed after each run. */
  hasControl: boolean;
}

/** What ComfyUI says about a node class. */
export interface NodeInfo {
  classType: string;
  displayName: string;
  /** Whether its result counts as an output of the workflow. */
  isOutput: boolean;
  /** In the order in which the node shows them. */
  inputs: Readonly<Record<string, InputInfo>>;
  outputs: readonly { name: string; type: string }[];
}

/**
 * Custom nodes write their own definitions, and ComfyUI passes on what they wrote: a missing comma makes a text of a
 * list. One such part is read as nothing, or as the list of one, and never makes a server unusable.
 */
const list = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(z.unknown()).catch([]),
);
const inputs = z.record(z.string(), list).catch({});
const infoSchema = z.record(
  z.string(),
  z.object({
    input: z.object({ required: inputs, optional: inputs }).catch({ required: {}, optional: {} }),
    output: list,
    output_name: list,
    display_name: z.string().nullable().catch(null),
    output_node: z.boolean().catch(false),
  }),
);
const keyedOption = z.object({ key: z.string() });

/** Asks for one class; null if it is not installed. */
export async function getNodeInfo(
  http: ComfyHttp,
  classType: string,
  options: { signal?: AbortSignal } = {},
): Promise<NodeInfo | null> {
  const path = `object_info/${encodeURIComponent(classType)}`;
  const body = await getJson(http, { path, schema: infoSchema, ...options });
  const info = Object.hasOwn(body, classType) ? body[classType] : undefined;
  if (!info) return null;
  const read = (all: z.infer<typeof inputs>, isRequired: boolean): [string, InputInfo][] =>
    Object.entries(all).map(([name, definition]) => [name, inputInfo(definition, isRequired)]);
  return {
    classType,
    displayName: info.display_name ?? classType,
    isOutput: info.output_node,
    outputs: info.output.map((type, index) => ({
      name: String(info.output_name[index] ?? type),
      type: Array.isArray(type) ? "COMBO" : String(type),
    })),
    inputs: Object.fromEntries([...read(info.input.required, true), ...read(info.input.optional, false)]),
  };
}

/** Reads the old form `[["a", "b"], {…}]` and the newer ones `["COMBO", {options: […]}]`. */
function inputInfo([kind, options]: unknown[], isRequired: boolean): InputInfo {
  const settings = typeof options === "object" && options !== null ? options : {};
  const isUpload = Object.entries(settings).some(
    ([name, value]) => /^(image|video|audio)_upload$/.test(name) && value === true,
  );
  const hasControl = "control_after_generate" in settings && settings.control_after_generate !== false;
  if (Array.isArray(kind))
    return { type: "COMBO", isRequired, choices: choicesOf(kind), isUpload, hasControl };
  const type = String(kind);
  const isCombo = /COMBO/.test(type);
  const listed = "options" in settings && Array.isArray(settings.options) ? settings.options : null;
  return {
    type: isCombo ? "COMBO" : type,
    isRequired,
    choices: isCombo && listed ? choicesOf(listed) : null,
    isUpload,
    hasControl,
  };
}

function choicesOf(list: unknown[]): string[] {
  return list.map((choice) => {
    const keyed = keyedOption.safeParse(choice);
    return keyed.success ? keyed.data.key : String(choice);
  });
}

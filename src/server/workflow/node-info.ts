import { z } from "zod";

/** One input of a node class. */
export interface InputInfo {
  name: string;
  /** `INT`, `MODEL`, … and `COMBO` for every form of a choice. */
  type: string;
  isRequired: boolean;
  /** What may be chosen; null if the input is no choice, or if its choices are not told. */
  choices: string[] | null;
  /** What a new node starts with; undefined where the definition names nothing. */
  default: unknown;
  /** The limits of a number, both included; null where there is none. */
  min: number | null;
  max: number | null;
  /** Whether the choices are uploaded pictures, as in LoadImage. */
  isUpload: boolean;
  /** Whether the editor adds a field to it that says what becomes of a seed after each run. */
  hasControl: boolean;
  /** Whether it only takes a link, whatever its type. */
  isSocket: boolean;
  /** Whether `{a|b}` in its text is a choice and comments are left out when the workflow is exported. */
  isDynamicPrompt: boolean;
  /** The editor's field for it where that is another than the type's own. */
  widgetType: string | null;
  /** Of a choice that brings inputs of its own (`COMFY_DYNAMICCOMBO_V3`): those of each choice, as `choice.input`. */
  options: { key: string; inputs: InputInfo[] }[] | null;
}

/** What ComfyUI says about a node class. */
export interface NodeInfo {
  classType: string;
  displayName: string;
  /** Whether its result counts as an output of the workflow. */
  isOutput: boolean;
  /** In the order in which the node shows them: required ones first. */
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
const inputSets = z.object({ required: inputs, optional: inputs }).catch({ required: {}, optional: {} });
const names = z.array(z.string()).catch([]);
const keyedOption = z.object({ key: z.string() });
const nestedOption = z.object({ key: z.string(), inputs: inputSets });

/** One class of `GET /object_info`. */
export const nodeInfoSchema = z.object({
  input: inputSets,
  input_order: z.object({ required: names, optional: names }).catch({ required: [], optional: [] }),
  output: list,
  output_name: list,
  display_name: z.string().nullable().catch(null),
  output_node: z.boolean().catch(false),
});

/** Reads what ComfyUI says about a class. */
export function readNodeInfo(classType: string, info: z.infer<typeof nodeInfoSchema>): NodeInfo {
  const all = readInputs(info.input, info.input_order);
  return {
    classType,
    displayName: info.display_name || classType,
    isOutput: info.output_node,
    outputs: info.output.map((type, index) => ({
      name: String(info.output_name[index] ?? type),
      type: Array.isArray(type) ? "COMBO" : String(type),
    })),
    inputs: Object.fromEntries(all.map((input) => [input.name, input])),
  };
}

function readInputs(
  sets: z.infer<typeof inputSets>,
  order: { required: string[]; optional: string[] } = { required: [], optional: [] },
  prefix = "",
): InputInfo[] {
  const read = (all: z.infer<typeof inputs>, named: string[], isRequired: boolean) =>
    [...new Set([...named, ...Object.keys(all)])].flatMap((name) => {
      const definition = Object.hasOwn(all, name) ? all[name] : undefined;
      return definition ? [readInput(`${prefix}${name}`, definition, isRequired)] : [];
    });
  return [...read(sets.required, order.required, true), ...read(sets.optional, order.optional, false)];
}

/** Reads the old form `[["a", "b"], {…}]` and the newer ones `["COMBO", {options: […]}]`. */
function readInput(name: string, [kind, given]: unknown[], isRequired: boolean): InputInfo {
  const settings: Record<string, unknown> = typeof given === "object" && given !== null ? { ...given } : {};
  const type = Array.isArray(kind) ? "COMBO" : String(kind);
  const isDynamic = type === "COMFY_DYNAMICCOMBO_V3";
  const isCombo = !isDynamic && /COMBO/.test(type);
  const listed = Array.isArray(kind) ? kind : Array.isArray(settings["options"]) ? settings["options"] : null;
  const { widgetType } = settings;
  return {
    name,
    type: isCombo ? "COMBO" : type,
    isRequired,
    choices: listed && (isCombo || isDynamic) ? choicesOf(listed) : null,
    default: settings["default"],
    min: numberOrNull(settings["min"]),
    max: numberOrNull(settings["max"]),
    isUpload: ["image_upload", "video_upload", "audio_upload", "file_upload"].some(
      (one) => settings[one] === true,
    ),
    hasControl: hasControl(name, type, settings),
    isSocket: settings["forceInput"] === true || settings["rawLink"] === true,
    isDynamicPrompt: settings["dynamicPrompts"] === true,
    widgetType: typeof widgetType === "string" ? widgetType : null,
    options: isDynamic && listed ? listed.flatMap((option) => readOption(name, option)) : null,
  };
}

/** By its definition, or by the name that seeds have had before definitions said it. */
function hasControl(name: string, type: string, settings: Record<string, unknown>): boolean {
  const said = settings["control_after_generate"];
  if (said != null) return said !== false;
  return type === "INT" && (name === "seed" || name === "noise_seed");
}

function readOption(name: string, option: unknown): { key: string; inputs: InputInfo[] }[] {
  const { success, data } = nestedOption.safeParse(option);
  return success ? [{ key: data.key, inputs: readInputs(data.inputs, undefined, `${name}.`) }] : [];
}

function choicesOf(list: unknown[]): string[] {
  return list.map((choice) => {
    const keyed = keyedOption.safeParse(choice);
    return keyed.success ? keyed.data.key : String(choice);
  });
}

const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

import type { InputInfo, NodeInfo } from "../node-info";
import { addedFields } from "./added-fields";
import { readDynamicPrompt } from "./dynamic-prompt";
import type { EditorNode } from "./editor-file";

/** A field of a node: in the file each has a place among the values, but not each is exported. */
interface Field {
  name: string;
  input: InputInfo | null;
  isExported: boolean;
}

/** Types that the editor shows as a field; all others are sockets that only take links. */
const FIELD_TYPES = new Set([
  "INT",
  "FLOAT",
  "STRING",
  "BOOLEAN",
  "COMBO",
  "COMFY_DYNAMICCOMBO_V3",
  "MARKDOWN",
  "TEXTAREA",
  "COLOR",
  "COLORS",
  "BOUNDING_BOX",
  "BOUNDING_BOXES",
  "CURVE",
  "RANGE",
  "CHART",
  "GALLERIA",
  "PAINTER",
  "LOAD_3D",
  "LOAD_3D_ANIMATION",
  "PREVIEW_3D",
  "WEBCAM",
  "AUDIO_UI",
  "AUDIO_RECORD",
]);
/** Fields that show something: they have no place in the file, and are exported with this. */
const SHOWN_ONLY: Readonly<Record<string, unknown>> = { IMAGECOMPARE: ["", ""] };

/** Whether the editor shows an input as a field. */
export function isField(input: InputInfo): boolean {
  return !input.isSocket && FIELD_TYPES.has(input.widgetType ?? input.type);
}

/**
 * The values of a node's fields by the names of its inputs, as the editor has them after it opened the file and as
 * it exports them.
 */
export function readFields(node: EditorNode, info: NodeInfo): Map<string, unknown> {
  const inputs = Object.values(info.inputs);
  const isByName = !Array.isArray(node.values);
  const values = Array.isArray(node.values) ? withoutDummies(inputs, node.values) : [];
  const byName = isByName ? { ...node.named, ...node.values } : node.named;
  const added = addedFields(node);
  const result = new Map(Object.entries(added.constant));
  for (const { name, type } of inputs) {
    if (Object.hasOwn(SHOWN_ONLY, type)) result.set(name, exportValue(SHOWN_ONLY[type], null));
  }
  let at = 0;
  // A choice that brings inputs of its own puts them right behind itself.
  const open = [
    ...inputs.filter(isField).flatMap(withControls),
    ...added.stored.map((name): Field => ({ name, input: null, isExported: true })),
  ].toReversed();
  for (let field = open.pop(); field; field = open.pop()) {
    const { name, input, isExported } = field;
    const index = at++;
    const stored = Object.hasOwn(byName, name) ? byName[name] : values[index];
    const isStored = Object.hasOwn(byName, name) || index < values.length;
    const value = isStored ? opened(stored, input) : input && startOf(input);
    if (isExported && value !== undefined) result.set(name, exportValue(value, input));
    const chosen = input?.options?.find(({ key }) => key === value);
    if (chosen) open.push(...chosen.inputs.filter(isField).flatMap(withControls).toReversed());
  }
  return result;
}

/** What the editor makes of a stored value when it opens the file. */
function opened(value: unknown, input: InputInfo | null): unknown {
  if (value == null && input?.choices && input.choices.length > 0) return input.choices[0];
  const isOldName =
    input?.name === "sampler_name" && typeof value === "string" && value.startsWith("sample_");
  return isOldName ? value.slice("sample_".length) : value;
}

function exportValue(value: unknown, input: InputInfo | null): unknown {
  if (input?.isDynamicPrompt && typeof value === "string") return readDynamicPrompt(value);
  // A list would be taken for a link.
  return Array.isArray(value) ? { __value__: value } : value;
}

/** A field with those that the editor puts behind it: they stand in the file and are not exported. */
function withControls(input: InputInfo): Field[] {
  const own: Field = { name: input.name, input, isExported: true };
  if (input.type === "BOUNDING_BOX") return [own, ...["x", "y", "width", "height"].map(silent)];
  if (!input.hasControl) return [own];
  const control = silent("control_after_generate");
  return input.type === "COMBO" ? [own, control, silent("control_filter_list")] : [own, control];
}

/** Its name is nobody's: a value by that name belongs to an input. */
const silent = (name: string): Field => ({ name: `${name}?`, input: null, isExported: false });

/**
 * Old files hold a dummy value for each input that only takes a link, which newer editors have no field for.
 * After `migrateWidgetsValues` (frontend, src/utils/litegraphUtil.ts).
 */
function withoutDummies(inputs: readonly InputInfo[], values: readonly unknown[]): readonly unknown[] {
  const isDummy = inputs
    .filter((input) => input.isSocket || isField(input))
    .flatMap((input) => (input.hasControl ? [input.isSocket, false] : [input.isSocket]));
  if (!isDummy.includes(true) || isDummy.length !== values.length) return values;
  return values.filter((_, index) => !isDummy[index]);
}

/** What a field of a new node holds. */
function startOf(input: InputInfo): unknown {
  if (input.options) return input.choices?.[0];
  if (input.default !== undefined) return input.default;
  if (input.choices) return input.choices[0];
  const { type } = input;
  if (type === "INT" || type === "FLOAT") return 0;
  if (type === "BOOLEAN") return false;
  if (type === "COLOR") return "#000000";
  return type === "STRING" ? "" : undefined;
}

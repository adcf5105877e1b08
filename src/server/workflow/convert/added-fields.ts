import type { EditorNode } from "./editor-file";

/** Fields that the editor's own extensions add to core nodes: no definition has them, but they are exported. */
export interface AddedFields {
  /** In the file, behind the values of all inputs. */
  stored: string[];
  /** Not read from the file. */
  constant: Readonly<Record<string, unknown>>;
}

const player: AddedFields = { stored: [], constant: { audioUI: "" } };
const model: AddedFields = { stored: ["image"], constant: {} };
const byClass: Readonly<Record<string, AddedFields>> = {
  LoadAudio: player,
  PreviewAudio: player,
  SaveAudio: player,
  SaveAudioMP3: player,
  SaveAudioOpus: player,
  Preview3D: model,
  Preview3DAnimation: model,
  SaveGLB: model,
};
const nothing: AddedFields = { stored: [], constant: {} };

export function addedFields(node: EditorNode): AddedFields {
  if (node.type === "CustomCombo" && Array.isArray(node.values)) return ownOptions(node.values);
  return Object.hasOwn(byClass, node.type) ? (byClass[node.type] ?? nothing) : nothing;
}

/** A choice whose user writes the options: the place of the chosen one, each option, and an empty one behind them. */
function ownOptions([choice, , ...stored]: readonly unknown[]): AddedFields {
  const options = [...stored.slice(0, stored.findLastIndex(Boolean) + 1), ""];
  const named = options.map((option, index) => [`option${index + 1}`, option ?? ""] as const);
  return { stored: [], constant: { index: options.indexOf(choice), ...Object.fromEntries(named) } };
}

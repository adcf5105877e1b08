import type { GraphNode } from "@/server/workflow/graph";
import { diskFull } from "./execution-error";
import type { NodeResult, SavedImage } from "./node-cache";
import type { NodeInputs } from "./node-values";
import { asciiJson } from "./png";
import type { Run } from "./run-prompt";
import type { FileFault } from "./saved-pictures";

const fileFaults: readonly FileFault[] = ["broken_picture", "not_a_picture", "empty_picture", "picture_gone"];

/** What an output node does: its pictures become files, and their names are what it shows. */
export async function saveImages(run: Run, node: GraphNode, inputs: NodeInputs): Promise<NodeResult["ui"]> {
  const pictures = inputs.link("images", "image")?.pictures;
  if (!pictures) return null;
  const isTemporary = node.class_type === "PreviewImage";
  const prefix = isTemporary ? "ComfyUI_temp" : inputs.text("filename_prefix") || "ComfyUI";
  if (run.faults.has("disk_full")) throw diskFull(`${prefix}_00001_.png`);
  const fault = fileFaults.find((kind) => run.faults.has(kind));
  const images: SavedImage[] = [];
  for (const picture of pictures) {
    const half = { width: Math.ceil(picture.width / 2), height: Math.ceil(picture.height / 2) };
    const saved = run.faults.has("other_size") ? { ...picture, ...half } : picture;
    const type = isTemporary ? "temp" : "output";
    images.push(await run.studio.saved.save(prefix, type, saved, () => textsOf(run), fault));
    run.control.check();
  }
  return { images };
}

/** The text chunks of a saved PNG: the prompt, and what the client sent to be written beside it. */
function textsOf({ item }: Run): Record<string, string> {
  const extra = item.extraData["extra_pnginfo"];
  const more = typeof extra === "object" && extra !== null ? Object.entries(extra) : [];
  return Object.fromEntries([
    ["prompt", asciiJson(item.graph)],
    ...more.map(([keyword, value]): [string, string] => [keyword, asciiJson(value)]),
  ]);
}

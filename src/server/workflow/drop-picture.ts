import type { GraphNode } from "./graph";
import { linkAt, linksOf } from "./graph";
import type { GraphDraft } from "./graph-draft";
import { bypassApply } from "./reference-chain";

/** Inputs through which classes take a picture that they can do without. */
const OPTIONAL: Readonly<Record<string, RegExp>> = {
  TextEncodeQwenImageEdit: /^image$/,
  TextEncodeQwenImageEditPlus: /^image\d+$/,
  ImageStitch: /^image2$/,
  BatchImagesNode: /^images\.image[1-9]\d*$/,
  HiDreamO1ReferenceImages: /^images\.image_\d+$/,
};
/** What only passes a picture on, larger, smaller or encoded. */
const PASSES =
  /^(ImageScale|ImageResize|ImageCrop|ImagePad|ImageInvert|FluxKontextImageScale|Resize|VAEEncode|CLIPVisionEncode|GetImageSize)/;

/**
 * Takes a picture out of the graph, where everything that takes it can do without.
 * @returns whether it could be; if not, nothing was changed
 */
export function dropPicture(draft: GraphDraft, loadId: string): boolean {
  const changes: (() => void)[] = [];
  const open = [loadId];
  const seen = new Set(open);
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    for (const [id, node] of draft.entries()) {
      for (const { input, link } of linksOf(node)) {
        if (link[0] !== source) continue;
        const change = withoutInput(draft, id, node, input);
        if (change) changes.push(change);
        else if (!PASSES.test(node.class_type)) return false;
        else if (!seen.has(id)) {
          seen.add(id);
          open.push(id);
        }
      }
    }
  }
  for (const change of changes) change();
  return true;
}

/** How a node goes on without this input; null where it cannot. */
function withoutInput(draft: GraphDraft, id: string, node: GraphNode, input: string): (() => void) | null {
  const optional = Object.hasOwn(OPTIONAL, node.class_type) ? OPTIONAL[node.class_type] : undefined;
  if (optional?.test(input)) return () => draft.removeInput(id, input);
  const isApply = input === "latent" && linkAt(node, "conditioning") !== null;
  if (isApply) return () => bypassApply(draft, id);
  const other = { image1: "image2", image2: "image1" }[input];
  const rest = other === undefined ? null : linkAt(node, other);
  const joins = node.class_type === "ImageBatch" || node.class_type === "ImageStitch";
  return joins && rest ? () => draft.relink([id, 0], rest) : null;
}

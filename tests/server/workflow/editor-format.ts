import { editorFile, node } from "./editor-files";

/**
 * The default workflow as the editor saves it.
 * @param promptId the node with the prompt
 * @param isTwice whether a node of the same title stands beside it, tied to nothing
 * @param hasNegative whether node 14 holds a negative prompt; else it is the prompt, zeroed
 */
export function editorFormat({
  promptId = 4,
  title = "Words",
  isTwice = false,
  hasNegative = false,
} = {}): string {
  const text = (id: number, values: string[], name: string) =>
    node(id, "CLIPTextEncode", { values, title: name, inputs: { clip: 2 }, types: { clip: "CLIP" } });
  const negative = node(14, "CLIPTextEncode", {
    values: ["blurry"],
    title: "Not this",
    inputs: { clip: 10 },
    types: { clip: "CLIP" },
  });
  return editorFile(
    [
      node(1, "UNETLoader", { values: ["z_image_turbo_bf16.safetensors", "default"] }),
      node(2, "CLIPLoader", { values: ["qwen_3_4b.safetensors", "lumina2", "default"] }),
      node(3, "VAELoader", { values: ["ae.safetensors"] }),
      text(promptId, ["a door"], title),
      ...(isTwice ? [text(14, ["a gate"], title)] : []),
      ...(hasNegative ? [negative] : []),
      node(5, "ConditioningZeroOut", { inputs: { conditioning: 3 } }),
      node(6, "EmptySD3LatentImage", { values: [1024, 512, 1] }),
      node(7, "KSampler", {
        values: [5, "randomize", 8, 1, "res_multistep", "simple", 1],
        inputs: { model: 1, positive: 4, negative: 5, latent_image: 6 },
      }),
      node(8, "VAEDecode", { inputs: { samples: 7, vae: 8 } }),
      node(10, "SaveImage", { values: ["x"], inputs: { images: 9 } }),
    ],
    [
      [1, 1, 0, 7, 0],
      [2, 2, 0, promptId, 0],
      [3, promptId, 0, 5, 0],
      [4, promptId, 0, 7, 1],
      hasNegative ? [5, 14, 0, 7, 2] : [5, 5, 0, 7, 2],
      ...(hasNegative ? [[10, 2, 0, 14, 0] as [number, number, number, number, number]] : []),
      [6, 6, 0, 7, 3],
      [7, 7, 0, 8, 0],
      [8, 3, 0, 8, 1],
      [9, 8, 0, 10, 0],
    ],
  );
}

import { describe, expect, it } from "vitest";
import { readSource, toGraph } from "@/server/workflow/read-source";
import { convert, editorFile, infos, node, subgraph } from "./editor-files";

const model = node(1, "CheckpointLoaderSimple", {
  values: ["sd.safetensors"],
  outputs: ["MODEL", "CLIP", "VAE"],
});
const text = (id: number, value: string, link = 11) =>
  node(id, "CLIPTextEncode", { values: [value], inputs: { clip: link }, outputs: ["CONDITIONING"] });
const preview = (id: number, link: number) => node(id, "PreviewImage", { inputs: { images: link } });

describe("a workflow as the editor saves it becomes what the editor exports:", () => {
  it("values go to their inputs in the order of the definition, without those that say what becomes of a seed", () => {
    const sampler = node(2, "KSampler", {
      values: [42, "randomize", 20, 7.5, "euler", "normal", 0.8],
      inputs: { model: 1, positive: null, negative: null, latent_image: null },
    });
    expect(convert(editorFile([model, sampler], [[1, 1, 0, 2, 0]]))).toEqual({
      "1": { ckpt_name: "sd.safetensors" },
      "2": {
        model: ["1", 0],
        seed: 42,
        steps: 20,
        cfg: 7.5,
        sampler_name: "euler",
        scheduler: "normal",
        denoise: 0.8,
      },
    });
  });

  it("values that the file does not have are those of a new node; null of a choice is its first", () => {
    const sampler = node(2, "KSampler", { values: [42, "fixed", 20, 7.5, null] });
    expect(convert(editorFile([sampler], []))["2"]).toMatchObject({
      cfg: 7.5,
      sampler_name: "euler",
      scheduler: "simple",
      denoise: 1,
    });
  });

  it("values by name win over their order, in an object or beside the list", () => {
    const byObject = node(1, "EmptyLatentImage", {
      values: { width: 640, height: 360, batch_size: 2, extra: 1 },
    });
    const beside = node(2, "EmptyLatentImage", { values: [1, 2, 3], named: { height: 720 } });
    expect(convert(editorFile([byObject, beside], []))).toEqual({
      "1": { width: 640, height: 360, batch_size: 2 },
      "2": { width: 1, height: 720, batch_size: 3 },
    });
  });

  it("a field turned into an input takes the link, and its own value again where nothing is connected", () => {
    const size = node(2, "PrimitiveInt", { values: [768, "fixed"], outputs: ["INT"] });
    const latent = node(3, "EmptyLatentImage", {
      values: [512, 512, 1],
      inputs: { width: 1, height: null },
      widgets: ["width", "height"],
    });
    expect(convert(editorFile([size, latent], [[1, 2, 0, 3, 0, "INT"]]))["3"]).toEqual({
      width: ["2", 0],
      height: 512,
      batch_size: 1,
    });
  });

  it("dummy values of old files, for inputs that only take links, are left out", () => {
    const shuffle = (id: number, values: unknown[]) => node(id, "ShuffleImageTextDataset", { values });
    expect(convert(editorFile([shuffle(1, ["", 7, "fixed"]), shuffle(2, [7, "fixed"])], []))).toEqual({
      "1": { seed: 7 },
      "2": { seed: 7 },
    });
  });

  it("a choice that brings inputs of its own has them behind itself, as `choice.input`", () => {
    const resize = node(1, "ResizeImageMaskNode", {
      values: ["scale dimensions", 1920, 1088, "center", "lanczos"],
      inputs: { input: null, "resize_type.width": 1 },
      widgets: ["resize_type.width"],
    });
    const width = node(2, "PrimitiveInt", { values: [640, "fixed"] });
    expect(convert(editorFile([resize, width], [[1, 2, 0, 1, 1]]))["1"]).toEqual({
      resize_type: "scale dimensions",
      "resize_type.width": ["2", 0],
      "resize_type.height": 1088,
      "resize_type.crop": "center",
      scale_method: "lanczos",
    });
    // A seed among them has no field behind it.
    const values = ["", 256, "on", 0.7, 64, 0.95, 0.05, 1.05, 7, 0, true, false];
    expect(convert(editorFile([node(1, "TextGenerate", { values })], []))["1"]).toMatchObject({
      "sampling_mode.seed": 7,
      "sampling_mode.presence_penalty": 0,
      thinking: true,
    });
  });

  it("inputs that grow in number keep the names that the file gives them", () => {
    const batch = node(3, "BatchImagesNode", {
      inputs: { "images.image0": 1, "images.image1": 2, "images.image2": null },
    });
    const load = (id: number) =>
      node(id, "LoadImage", { values: [`${id}.png`, "image"], outputs: ["IMAGE", "MASK"] });
    expect(
      convert(
        editorFile(
          [load(1), load(2), batch],
          [
            [1, 1, 0, 3, 0],
            [2, 2, 0, 3, 1],
          ],
        ),
      ),
    ).toEqual({
      "1": { image: "1.png" },
      "2": { image: "2.png" },
      "3": { "images.image0": ["1", 0], "images.image1": ["2", 0] },
    });
  });

  it("reroutes are passed, notes left out, and a primitive's value goes straight into the field", () => {
    const file = editorFile(
      [
        model,
        node(2, "Reroute", { inputs: { "": 1 } }),
        node(3, "Reroute", { inputs: { "": 2 } }),
        text(4, "own", 3),
        node(5, "PrimitiveNode", { values: ["shared words"] }),
        node(6, "CLIPTextEncode", { values: ["own"], inputs: { clip: 3, text: 4 }, widgets: ["text"] }),
        node(7, "Note", { values: ["do not touch"] }),
        node(8, "MarkdownNote", { values: ["# Title"] }),
      ],
      [
        [1, 1, 1, 2, 0],
        [2, 2, 0, 3, 0],
        [3, 3, 0, 4, 0],
        [4, 5, 0, 6, 1],
      ],
    );
    expect(convert(file)).toEqual({
      "1": { ckpt_name: "sd.safetensors" },
      "4": { text: "own", clip: ["1", 1] },
      "6": { text: "shared words", clip: ["1", 1] },
    });
  });

  it("a bypassed node passes its link on by type; without one the field keeps its value; a muted one gives nothing", () => {
    const lora = (id: number, mode: number) =>
      node(id, "LoraLoader", {
        mode,
        values: ["style.safetensors", 1, 1],
        inputs: { model: 1, clip: 2 },
        types: { model: "MODEL", clip: "CLIP" },
        outputs: ["MODEL", "CLIP"],
      });
    const encode = (id: number, link: number) =>
      node(id, "CLIPTextEncode", { values: [""], inputs: { clip: link }, types: { clip: "CLIP" } });
    const file = (mode: number) =>
      editorFile(
        [model, lora(2, mode), encode(3, 3)],
        [
          [1, 1, 0, 2, 0, "MODEL"],
          [2, 1, 1, 2, 1, "CLIP"],
          [3, 2, 1, 3, 0, "CLIP"],
        ],
      );
    expect(convert(file(0))["3"]).toEqual({ text: "", clip: ["2", 1] });
    expect(convert(file(4))).toEqual({
      "1": { ckpt_name: "sd.safetensors" },
      "3": { text: "", clip: ["1", 1] },
    });
    expect(convert(file(2))).toEqual({ "1": { ckpt_name: "sd.safetensors" }, "3": { text: "" } });

    const off = node(2, "PrimitiveInt", { mode: 4, values: [7, "fixed"], outputs: ["INT"] });
    const latent = node(3, "EmptyLatentImage", {
      values: [512, 256, 1],
      inputs: { width: 1 },
      widgets: ["width"],
      types: { width: "INT" },
    });
    expect(convert(editorFile([off, latent], [[1, 2, 0, 3, 0, "INT"]]))["3"]).toMatchObject({ width: 512 });
  });

  it("Set and Get nodes are a link by name; labels, bookmarks and switches of groups are left out", () => {
    const file = editorFile(
      [
        model,
        node(2, "SetNode", { values: ["clip"], inputs: { CLIP: 1 } }),
        node(3, "GetNode", { values: ["clip"] }),
        node(4, "Reroute (rgthree)", { inputs: { "": 2 } }),
        text(5, "through the air", 3),
        node(6, "Label (rgthree)"),
        node(7, "Bookmark (rgthree)", { values: ["1", 1] }),
        node(8, "Fast Groups Bypasser (rgthree)"),
      ],
      [
        [1, 1, 1, 2, 0],
        [2, 3, 0, 4, 0],
        [3, 4, 0, 5, 0],
      ],
    );
    expect(convert(file)).toEqual({
      "1": { ckpt_name: "sd.safetensors" },
      "5": { text: "through the air", clip: ["1", 1] },
    });
  });

  it("comments are left out of a prompt, and of {a|b} the first stays", () => {
    const prompt =
      "a {red|blue {dark|light}} car // not this\n/* nor\nthis */in \\{braces\\}, {x|y} and {one}";
    expect(convert(editorFile([node(1, "CLIPTextEncode", { values: [prompt] })], []))["1"]).toEqual({
      text: "a red car \nin {braces}, x and one",
    });
  });

  it("what only the editor shows, or adds to a node, is exported as it does", () => {
    const file = editorFile(
      [
        node(1, "ImageCompare", { values: [{ before: "/api/view" }] }),
        node(2, "CustomCombo", { values: ["b", 9, "a", "b", ""] }),
        node(3, "ImageCropV2", { values: [{ x: 1, y: 2, width: 3, height: 4 }, 1, 2, 3, 4] }),
        node(4, "SaveAudioMP3", { values: ["audio/x", "V0"] }),
      ],
      [],
    );
    expect(convert(file)).toEqual({
      "1": { compare_view: { __value__: ["", ""] } },
      "2": { choice: "b", index: 1, option1: "a", option2: "b", option3: "" },
      "3": { crop_region: { x: 1, y: 2, width: 3, height: 4 } },
      "4": { filename_prefix: "audio/x", quality: "V0", audioUI: "" },
    });
  });

  it("a class that the server does not know is kept with a warning, its values by the names of its inputs", () => {
    const unknown = node(1, "Somebodys Node", {
      values: [3, "x"],
      inputs: { amount: null, mode: null },
      widgets: ["amount", "mode"],
    });
    const { graph, warnings } = toGraph(readSource(editorFile([unknown], [])), infos);
    expect(graph["1"]).toMatchObject({ class_type: "Somebodys Node", inputs: { amount: 3, mode: "x" } });
    expect(warnings).toMatchObject([{ code: "unknown_class", nodeId: "1", classType: "Somebodys Node" }]);
  });

  it("titles stay, of nodes without one it is the class's name, and model files keep where they come from", () => {
    const source = {
      name: "sd.safetensors",
      url: "https://models.test/sd.safetensors",
      directory: "checkpoints",
    };
    const file = editorFile(
      [
        node(1, "CheckpointLoaderSimple", {
          values: ["sd.safetensors"],
          title: "The model",
          properties: { models: [source, { name: 1 }] },
        }),
        node(2, "VAEDecode"),
      ],
      [],
    );
    const { graph } = toGraph(readSource(file), infos);
    expect(graph["1"]?._meta).toEqual({ title: "The model", models: [source] });
    expect(graph["2"]?._meta).toEqual({ title: infos.get("VAEDecode")!.displayName });
  });
});

describe("subgraphs", () => {
  const encode = (values: unknown[], clip: number, words: number) =>
    node(30, "CLIPTextEncode", { values, inputs: { clip, text: words }, widgets: ["text"] });
  const inner = subgraph("words", {
    nodes: [encode(["inside"], 1, 2)],
    links: [
      [1, -10, 0, 30, 0],
      [2, -10, 1, 30, 1],
      [3, 30, 0, -20, 0],
    ],
    inputs: { clip: [1], text: [2] },
    outputs: { CONDITIONING: [3] },
  });
  const outer = subgraph("prompts", {
    nodes: [node(40, "words", { inputs: { clip: 1 } })],
    links: [
      [1, -10, 0, 40, 0],
      [2, 40, 0, -20, 0],
    ],
    inputs: { clip: [1] },
    outputs: { positive: [2] },
  });

  it("are taken apart, nested ones too: an inner node's id is its way through the instances", () => {
    const file = editorFile(
      [
        model,
        node(57, "prompts", { inputs: { clip: 1 } }),
        node(2, "ConditioningCombine", { inputs: { conditioning_1: 2 } }),
      ],
      [
        [1, 1, 1, 57, 0],
        [2, 57, 0, 2, 0],
      ],
      [inner, outer],
    );
    expect(convert(file)).toEqual({
      "1": { ckpt_name: "sd.safetensors" },
      "2": { conditioning_1: ["57:40:30", 0] },
      "57:40:30": { text: "inside", clip: ["1", 1] },
    });
  });

  it("two instances of one have nodes of their own, each with what its instance is given", () => {
    const string = node(5, "PrimitiveString", { values: ["given"], outputs: ["STRING"] });
    const file = editorFile(
      [
        model,
        string,
        node(57, "words", { inputs: { clip: 1, text: 2 }, widgets: ["text"] }),
        node(58, "words", { inputs: { clip: 3 } }),
      ],
      [
        [1, 1, 1, 57, 0],
        [2, 5, 0, 57, 1],
        [3, 1, 1, 58, 0],
      ],
      [inner],
    );
    expect(convert(file)).toMatchObject({
      "57:30": { text: ["5", 0], clip: ["1", 1] },
      "58:30": { text: "inside", clip: ["1", 1] },
    });
  });

  it("an input that leads to several fields gives all of them the value of the first, and a primitive's to all", () => {
    const sizes = subgraph("sizes", {
      nodes: [
        node(30, "EmptyLatentImage", { values: [100, 1, 1], inputs: { width: 1 }, widgets: ["width"] }),
        node(31, "EmptyLatentImage", { values: [200, 2, 1], inputs: { width: 2 }, widgets: ["width"] }),
      ],
      links: [
        [1, -10, 0, 30, 0],
        [2, -10, 0, 31, 0],
      ],
      inputs: { width: [1, 2] },
    });
    const alone = editorFile([node(57, "sizes")], [], [sizes]);
    expect(convert(alone)).toMatchObject({ "57:30": { width: 100 }, "57:31": { width: 100 } });
    const primitive = node(5, "PrimitiveNode", { values: [300, "fixed"] });
    const given = editorFile(
      [primitive, node(57, "sizes", { inputs: { width: 1 }, widgets: ["width"] })],
      [[1, 5, 0, 57, 0]],
      [sizes],
    );
    expect(convert(given)).toMatchObject({ "57:30": { width: 300 }, "57:31": { width: 300 } });
  });

  it("get new ids for nodes whose ids are taken, behind the highest that was given", () => {
    const words = subgraph("words", {
      nodes: [encode(["inside"], 1, 2)],
      links: [[1, -10, 0, 30, 0]],
      inputs: { clip: [1] },
    });
    const file = editorFile(
      [model, text(30, "outside"), node(57, "words", { inputs: { clip: 12 } })],
      [
        [11, 1, 1, 30, 0],
        [12, 1, 1, 57, 0],
      ],
      [
        {
          ...words,
          nodes: [{ ...encode(["inside"], 1, 2), inputs: [{ name: "clip", type: "CLIP", link: 1 }] }],
        },
      ],
    );
    expect(Object.keys(convert(file)).toSorted()).toEqual(["1", "30", "57:101"]);
  });

  it("that are switched off pass their links on or give nothing, and none of their nodes come along", () => {
    const file = (mode: number) =>
      editorFile(
        [model, node(57, "prompts", { mode, inputs: { clip: 1 } }), preview(2, 2)],
        [
          [1, 1, 1, 57, 0],
          [2, 57, 0, 2, 0],
        ],
        [inner, outer],
      );
    expect(convert(file(4))).toEqual({ "1": { ckpt_name: "sd.safetensors" }, "2": { images: ["1", 1] } });
    expect(convert(file(2))).toEqual({ "1": { ckpt_name: "sd.safetensors" }, "2": {} });
  });
});

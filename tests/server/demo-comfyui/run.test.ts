import { afterEach, beforeEach, describe, expect, test } from "vitest";
import sharp from "sharp";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { Ear, get, historyOf, pictureOf, post, submit, tell, textToImage, trace, type Heard } from "./ear";

let demo: DemoComfyUI;
beforeEach(async () => {
  demo = await startDemoComfyUI({ stepMs: 0, paint: false });
});
afterEach(() => demo.close());

const flags = { type: "feature_flags", data: { supports_preview_metadata: true } };

describe("one prompt", () => {
  test("tells the same as the recorded server, message by message", async () => {
    const ear = await Ear.open(demo, "me", flags);
    await submit(demo, textToImage());
    await ear.over();
    expect(ear.story()).toEqual(trace("t2i-preview-metadata").messages.map(tell));
  });

  test("has the fields of the recorded messages, in their order", async () => {
    const recorded = trace("t2i-preview-metadata").messages;
    const ear = await Ear.open(demo, "me", flags);
    await submit(demo, textToImage());
    await ear.over();
    // Nodes that look like numbers come first in a JavaScript object: the order within progress_state is no fact.
    const fields = ({ type, data }: Heard) =>
      type === "progress_state" ? type : (JSON.stringify(data)?.match(/"\w+":/g) ?? []);
    expect(ear.heard.map(fields)).toEqual(recorded.map(fields));
  });

  test("with model and encoders still loaded tells what the first recorded one did", async () => {
    const ear = await Ear.open(demo, "me");
    await submit(demo, textToImage({ text: "something else", seed: 1 }));
    await ear.over();
    const before = ear.heard.length;
    await submit(demo, textToImage());
    await ear.over(2);
    const recorded = trace("t2i-first").messages.map(tell).slice(1);
    expect(ear.story().slice(before, before + recorded.length)).toEqual(recorded);
  });

  test("with nothing changed is answered from the cache and names the earlier file", async () => {
    const first = await submit(demo, textToImage());
    await demo.waitFor("finished");
    const ear = await Ear.open(demo, "me");
    const again = await submit(demo, textToImage());
    await ear.over();
    expect(ear.story()).toEqual(trace("t2i-same-again").messages.map(tell));
    expect((await historyOf(demo, again))?.outputs).toEqual((await historyOf(demo, first))?.outputs);
  });

  test("with a new file prefix saves again, while its sampler stays cached", async () => {
    await submit(demo, textToImage());
    await demo.waitFor("finished");
    const ear = await Ear.open(demo, "me");
    const id = await submit(demo, textToImage({ prefix: "board/shot-7" }));
    await ear.over();
    expect(ear.story().some((line) => line.startsWith("progress "))).toBe(false);
    expect((await historyOf(demo, id))?.outputs["9"]?.images).toEqual([
      { filename: "shot-7_00001_.png", subfolder: "board", type: "output" },
    ]);
  });

  test("keeps results only as long as the next prompt can use them", async () => {
    await submit(demo, textToImage({ seed: 1 }));
    await submit(demo, textToImage({ seed: 2 }));
    await demo.waitFor("finished", 2);
    const ear = await Ear.open(demo, "me");
    await submit(demo, textToImage({ seed: 1 }));
    await ear.over();
    expect(ear.story()).toContain("progress 57:3 8/8");
  });

  test("with two equal references and a LoRA tells what the recorded one did, executed null included", async () => {
    await upload("char-a.png", "storyboard");
    const recorded = trace("i2i-two-refs-lora");
    const ear = await Ear.open(demo, "me");
    await submit(demo, recorded.request.prompt);
    await ear.over();
    expect(ear.story()).toEqual(recorded.messages.map(tell));
  });

  test("leaves a history like the recorded one", async () => {
    const id = await submit(demo, textToImage());
    await demo.waitFor("finished");
    const recorded = Object.values(trace("t2i-first").history)[0];
    const ours = await historyOf(demo, id);
    expect(ours?.status.messages.map(([type]) => type)).toEqual(
      recorded?.status.messages.map(([type]) => type),
    );
    expect(ours).toMatchObject({
      status: { status_str: "success", completed: true },
      meta: { "9": { node_id: "9", display_node: "9", parent_node: null, real_node_id: "9" } },
    });
    expect(await get(demo, "/history?max_items=1")).toHaveProperty(id);
  });

  test("gives a picture of the latent's size, odd widths floored, with the prompt in its text chunks", async () => {
    const graph = textToImage({ text: "a 灯塔 at dawn" });
    const latent = graph["57:13"];
    if (latent) latent.inputs["width"] = 1921;
    const id = await submit(demo, graph, { extra_data: { extra_pnginfo: { workflow: { nodes: ["ü"] } } } });
    await demo.waitFor("finished");
    const { bytes } = await pictureOf(demo, id);
    const { width, height, format } = await sharp(bytes).metadata();
    expect({ width, height, format }).toEqual({ width: 1920, height: 1088, format: "png" });
    await expect(sharp(bytes).raw().toBuffer()).resolves.toHaveLength(1920 * 1088 * 3);
    const text = bytes.toString("latin1");
    expect(text).toContain("tEXtprompt\0{");
    expect(text).toContain(String.raw`a \u706f\u5854 at dawn`);
    expect(text).toContain(String.raw`tEXtworkflow` + '\0{"nodes":["' + String.raw`\u00fc`);
  });

  test("is the same picture for the same prompt and seed, and another for another seed", async () => {
    const ids = [
      await submit(demo, textToImage({ prefix: "a" })),
      await submit(demo, textToImage({ prefix: "b", seed: 8 })),
      await submit(demo, textToImage({ prefix: "a" })),
    ];
    await demo.waitFor("finished", 3);
    const [first, other, again] = await Promise.all(ids.map(async (id) => (await pictureOf(demo, id)).bytes));
    const pixels = (bytes: Buffer | undefined) => sharp(bytes).raw().toBuffer();
    expect(await pixels(again)).toEqual(await pixels(first));
    expect(await pixels(other)).not.toEqual(await pixels(first));
  });

  test("of an output that is only a preview goes to the temporary folder", async () => {
    const graph = textToImage();
    if (graph["9"]) graph["9"].class_type = "PreviewImage";
    const id = await submit(demo, graph);
    await demo.waitFor("finished");
    expect((await historyOf(demo, id))?.outputs["9"]?.images[0]?.type).toBe("temp");
    expect((await pictureOf(demo, id)).status).toBe(200);
  });
});

describe("previews", () => {
  test("are bare JPEGs for clients that asked for nothing, after the step they belong to", async () => {
    const ear = await Ear.open(demo, "me");
    await submit(demo, textToImage({ steps: 2 }));
    await ear.over();
    const frames = ear.heard.filter(({ binary }) => binary);
    expect(frames.map(({ event }) => event)).toEqual([1, 1]);
    expect(frames[0]?.bytes?.readUInt32BE(4)).toBe(1);
    expect((await sharp(frames[0]?.bytes?.subarray(8)).metadata()).format).toBe("jpeg");
    expect(ear.story().filter((line) => /^(binary|progress )/.test(line))).toEqual([
      "progress 57:3 1/2",
      "binary 1",
      "progress 57:3 2/2",
      "binary 1",
    ]);
  });

  test("name prompt and node for clients whose first message asked for it", async () => {
    const ear = await Ear.open(demo, "me", flags);
    const id = await submit(demo, textToImage({ steps: 1 }));
    await ear.over();
    const frame = ear.heard.find(({ binary }) => binary)?.bytes ?? Buffer.alloc(8);
    const length = frame.readUInt32BE(4);
    expect(JSON.parse(frame.subarray(8, 8 + length).toString())).toEqual({
      node_id: "57:3",
      prompt_id: id,
      display_node_id: "57:3",
      parent_node_id: null,
      real_node_id: "57:3",
      image_type: "image/jpeg",
    });
    expect((await sharp(frame.subarray(8 + length)).metadata()).format).toBe("jpeg");
  });

  test("stay away when the prompt says so", async () => {
    const ear = await Ear.open(demo, "me");
    await submit(demo, textToImage(), { extra_data: { preview_method: "none" } });
    await ear.over();
    expect(ear.heard.some(({ binary }) => binary)).toBe(false);
  });
});

describe("references", () => {
  test("that were uploaded reach the picture, and a new picture under the old name runs again", async () => {
    const { prompt } = trace("i2i-two-refs-lora").request;
    const pixels = async (id: string) =>
      sharp((await pictureOf(demo, id)).bytes)
        .resize(8, 8)
        .raw()
        .toBuffer();
    expect(await upload("char-a.png", "storyboard", "red")).toEqual({
      name: "char-a.png",
      subfolder: "storyboard",
      type: "input",
    });
    const red = await submit(demo, prompt);
    await demo.waitFor("finished", 1);
    await upload("char-a.png", "storyboard", "blue");
    const blue = await submit(demo, prompt);
    await demo.waitFor("finished", 2);
    expect(await pixels(red)).not.toEqual(await pixels(blue));
    const { width, height } = await sharp((await pictureOf(demo, blue)).bytes).metadata();
    expect({ width, height }).toEqual({ width: 1920, height: 1088 });
  });

  test("whose size is linked give the picture their shape", async () => {
    await upload("char-a.png", "storyboard");
    const graph = structuredClone(trace("i2i-two-refs-lora").request.prompt);
    const latent = graph["75:66"];
    if (latent) Object.assign(latent.inputs, { width: ["75:100", 0], height: ["75:100", 1] });
    const id = await submit(demo, graph);
    await demo.waitFor("finished");
    const { width, height } = await sharp((await pictureOf(demo, id)).bytes).metadata();
    expect({ width, height }).toEqual({ width: 1440, height: 720 });
  });

  test("that are missing are refused before anything runs", async () => {
    const answer = await post(demo, "/prompt", { prompt: trace("i2i-two-refs-lora").request.prompt });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { type: "prompt_outputs_failed_validation" },
      node_errors: {
        "76": {
          errors: [
            {
              type: "custom_validation_failed",
              details: "image - Invalid image file: storyboard/char-a.png",
            },
          ],
          dependent_outputs: ["9"],
          class_type: "LoadImage",
        },
      },
    });
  });
});

async function upload(name: string, subfolder: string, background = "green"): Promise<unknown> {
  const bytes = await sharp({ create: { width: 200, height: 100, channels: 3, background } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set("image", new Blob([new Uint8Array(bytes)]), name);
  form.set("type", "input");
  form.set("subfolder", subfolder);
  form.set("overwrite", "true");
  const response = await fetch(`${demo.url}/upload/image`, { method: "POST", body: form });
  return response.json();
}

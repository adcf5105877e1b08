import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readWorkflowFile } from "@/lib/workflow-file/read-workflow-file";
import { WorkflowFileError } from "@/lib/workflow-file/workflow-file-error";

const prompt = '{"1":{"class_type":"SaveImage","inputs":{}}}';
const workflow = '{"nodes":[],"links":[]}';

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, check]);
}

const text = (keyword: string, value: string) => chunk("tEXt", Buffer.from(`${keyword}\0${value}`, "latin1"));
const packed = (keyword: string, value: string) =>
  chunk("zTXt", Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(value)]));
const international = (keyword: string, value: string, isPacked: boolean) =>
  chunk(
    "iTXt",
    Buffer.concat([
      Buffer.from(`${keyword}\0${isPacked ? "\u0001" : "\0"}\0\0\0`, "latin1"),
      isPacked ? deflateSync(value) : Buffer.from(value),
    ]),
  );

const pixel = { create: { width: 2, height: 2, channels: 3 as const, background: "red" } };

/** A PNG with these chunks behind its header. */
async function png(...chunks: Buffer[]): Promise<Uint8Array> {
  const plain = await sharp(pixel).png().toBuffer();
  return Buffer.concat([plain.subarray(0, 33), ...chunks, plain.subarray(33)]);
}

const webp = (make: string, model: string) =>
  sharp(pixel)
    .withExif({ IFD0: { Make: make, Model: model } })
    .webp()
    .toBuffer();

const reason = (bytes: Uint8Array) =>
  readWorkflowFile(bytes).then(
    () => "It was read.",
    (error: unknown) => {
      if (error instanceof WorkflowFileError) return error.message;
      throw error;
    },
  );

describe("the workflow in a file", () => {
  it("is its text, whatever its name", async () => {
    expect(await readWorkflowFile(Buffer.from(`\uFEFF${prompt}`))).toContain(prompt);
  });

  it("is the `prompt` of a PNG that ComfyUI wrote, else its `workflow`, in any kind of text chunk", async () => {
    expect(await readWorkflowFile(await png(text("workflow", workflow), text("prompt", prompt)))).toBe(
      prompt,
    );
    expect(await readWorkflowFile(await png(text("workflow", workflow)))).toBe(workflow);
    expect(await readWorkflowFile(await png(packed("prompt", prompt)))).toBe(prompt);
    const words = '{"1":{"text":"Möwe, 鷗"}}';
    expect(await readWorkflowFile(await png(international("prompt", words, false)))).toBe(words);
    expect(await readWorkflowFile(await png(international("prompt", words, true)))).toBe(words);
    // A program that writes its own words there has not written a workflow.
    expect(await readWorkflowFile(await png(text("prompt", "a cat"), text("workflow", workflow)))).toBe(
      workflow,
    );
  });

  it("is that of a WebP's EXIF", async () => {
    expect(await readWorkflowFile(await webp(`workflow:${workflow}`, `prompt:${prompt}`))).toBe(prompt);
    expect(await readWorkflowFile(await webp(`workflow:${workflow}`, "camera"))).toBe(workflow);
  });

  it("has null where Python wrote NaN, but not inside of texts", async () => {
    const nan = '{"1":{"is_changed":[NaN],"x":-Infinity,"text":"NaN \\"NaN\\" Infinity"}}';
    expect(JSON.parse(await readWorkflowFile(await png(text("prompt", nan))))).toEqual({
      "1": { is_changed: [null], x: null, text: 'NaN "NaN" Infinity' },
    });
  });

  it("that has none says so, and what was expected", async () => {
    expect(await reason(new Uint8Array())).toBe("The file is empty.");
    expect(await reason(await png())).toContain("holds no workflow");
    expect(await reason(await webp("camera", "model"))).toContain("holds no workflow");
    expect(await reason(await sharp(pixel).jpeg().toBuffer())).toContain(".json, .png or .webp");
    expect(await reason(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toContain("neither text nor a picture");
  });

  it("of a torn PNG is refused, wherever it ends, and a small one does not unpack to gigabytes", async () => {
    const whole = await png(packed("prompt", prompt));
    for (let end = 8; end < whole.length - 4; end += 5)
      expect(await reason(whole.subarray(0, end))).toContain("damaged");
    const bomb = chunk(
      "zTXt",
      Buffer.concat([Buffer.from("prompt\0\0"), deflateSync(Buffer.alloc(300_000_000, 32))]),
    );
    expect(await reason(await png(bomb))).toContain("10 MB");
    expect(await reason(await png(chunk("zTXt", Buffer.from("prompt\0\0nothing packed"))))).toContain(
      "damaged",
    );
  });
});

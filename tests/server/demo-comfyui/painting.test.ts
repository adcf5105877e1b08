import { createHash } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Painter } from "@/server/demo-comfyui/painter";
import { readPrompt } from "@/server/demo-comfyui/paint/brief";
import { setText } from "@/server/demo-comfyui/paint/caption-text";
import { compose } from "@/server/demo-comfyui/paint/compose";
import { Dice } from "@/server/demo-comfyui/paint/dice";
import type { Painting, Photo } from "@/server/demo-comfyui/picture";
import { startDemoComfyUI, type DemoComfyUI } from "@/server/demo-comfyui/start-demo-comfyui";
import { Ear, pictureOf, submit, textToImage } from "./ear";

const painter = new Painter();
const painting = (change: Partial<Painting> = {}): Painting => ({
  kind: "painting",
  width: 480,
  height: 272,
  prompt: "a lighthouse at dawn",
  negative: "",
  seed: 1,
  cfg: 1,
  loras: [],
  references: [],
  ...change,
});

async function photo(background: string): Promise<Photo> {
  const bytes = await sharp({ create: { width: 60, height: 60, channels: 3, background } })
    .png()
    .toBuffer();
  return {
    kind: "photo",
    bytes,
    hash: createHash("sha256").update(bytes).digest("hex"),
    width: 60,
    height: 60,
  };
}

/** Numbers of a drawing that are none; the pictures in it are left out, as their base64 may spell anything. */
function brokenNumbers(svg: string): string[] {
  return svg.replaceAll(/data:[^"]*/g, "").match(/.{0,40}(NaN|undefined|Infinity)/g) ?? [];
}

/** Mean red, green and blue. */
async function meanColor(png: Buffer): Promise<number[]> {
  return (await sharp(png).stats()).channels.map(({ mean }) => mean);
}

/** How far two pictures are apart, pixel by pixel: 0 equal, 255 black and white. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((png) => sharp(png).resize(96, 54).raw().toBuffer()));
  if (!one || !other) return 0;
  return one.reduce((sum, byte, i) => sum + Math.abs(byte - (other[i] ?? 0)), 0) / one.length;
}

describe("a painting", () => {
  test("has exactly the size that was asked for, whatever its shape", async () => {
    for (const [width, height] of [
      [1920, 1088],
      [1088, 1920],
      [1024, 1024],
      [16, 16],
      [2048, 64],
    ] as const) {
      const { format, ...size } = await sharp(await painter.png(painting({ width, height }))).metadata();
      expect({ format, width: size.width, height: size.height, channels: size.channels }).toEqual({
        format: "png",
        width,
        height,
        channels: 3,
      });
    }
  });

  test("is the same bytes for the same prompt and seed", async () => {
    expect(await new Painter().png(painting())).toEqual(await painter.png(painting()));
  });

  test("looks clearly different with another seed, and with another prompt", async () => {
    const first = await painter.png(painting());
    expect(await difference(first, await painter.png(painting({ seed: 2 })))).toBeGreaterThan(12);
    expect(
      await difference(first, await painter.png(painting({ prompt: "an old notebook" }))),
    ).toBeGreaterThan(12);
  });

  test("takes its style from the prompt or from a LoRA: noir has no colour, watercolor is pale", async () => {
    const colourful = async (change: Partial<Painting>) => {
      const [r = 0, g = 0, b = 0] = await meanColor(await painter.png(painting(change)));
      return { spread: Math.max(r, g, b) - Math.min(r, g, b), light: (r + g + b) / 3 };
    };
    const plain = await colourful({});
    expect((await colourful({ prompt: "Film noir still. a lighthouse at dawn" })).spread).toBeLessThan(6);
    expect((await colourful({ loras: ["styles/watercolor.safetensors"] })).light).toBeGreaterThan(
      plain.light + 15,
    );
  });

  test("takes the colour of its references", async () => {
    const [red, blue] = await Promise.all(
      ["#c22", "#25f"].map(async (tint) =>
        meanColor(await painter.png(painting({ references: [await photo(tint)] }))),
      ),
    );
    const warmth = (mean: number[] | undefined) => (mean?.[0] ?? 0) - (mean?.[2] ?? 0);
    expect(warmth(red)).toBeGreaterThan(warmth(blue) + 40);
  });

  test("is painted although a reference is no picture", async () => {
    const broken = { ...(await photo("red")), bytes: Buffer.from("not a picture"), hash: "broken" };
    await expect(painter.png(painting({ references: [broken] }))).resolves.toBeInstanceOf(Buffer);
  });

  test("needs no font: its caption and tag are outlines", () => {
    const svg = compose({ ...painting(), references: [], imprint: true }).canvas.toSvg({
      width: 480,
      height: 272,
    });
    expect(svg).not.toMatch(/<text|font-family/);
  });

  test("grows sharp: each preview is nearer to the picture than the one before", async () => {
    const picture = painting({ width: 1920, height: 1088 });
    const target = await painter.png(picture);
    const shares = [0.125, 0.5, 1];
    const previews = [];
    for (const share of shares) previews.push(await painter.preview(picture, share));
    const [early = 0, middle = 0, last = 0] = await Promise.all(
      previews.map((jpeg) => difference(jpeg, target)),
    );
    expect(early).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(last);
    expect(await sharp(previews[0]).metadata()).toMatchObject({ format: "jpeg", width: 512, height: 290 });
  });

  test("can be made of any text and any seed: the drawing is well-formed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.maxSafeNat(),
        async (prompt, seed) => {
          const { canvas } = compose({
            width: 64,
            height: 36,
            prompt,
            seed,
            loras: [],
            references: [],
            imprint: true,
          });
          const svg = canvas.toSvg({ width: 64, height: 36 });
          expect(brokenNumbers(svg)).toEqual([]);
          await sharp(Buffer.from(svg), { unlimited: true }).raw().toBuffer();
        },
      ),
      { numRuns: 12 },
    );
  });

  test("is known for every kind of thing: all scenes draw", async () => {
    const prompts = [
      "a radar screen",
      "captain on the bridge of a ship",
      "a clock",
      "spiral stairs",
      "portrait of a man",
      "a diary",
      "an old map",
      "a room with a window",
      "city street in the rain",
      "city skyline and a bridge over the river",
      "a forest",
      "storm at sea with a ship and lightning",
      "an island and a sailboat",
      "desert dunes",
      "a castle and a road",
      "a train on a viaduct over a river",
      "a factory",
      "a church in snow",
      "a campfire under the stars",
      "a crowd in a field",
      "rowing in the harbour at night",
    ];
    for (const prompt of prompts) {
      const { canvas } = compose({
        width: 160,
        height: 90,
        prompt,
        seed: 3,
        loras: [],
        references: [],
        imprint: true,
      });
      const svg = canvas.toSvg({ width: 160, height: 90 });
      expect(brokenNumbers(svg), prompt).toEqual([]);
      const { isOpaque } = await sharp(Buffer.from(svg), { unlimited: true }).stats();
      expect(isOpaque, prompt).toBe(true);
    }
  });
});

describe("a prompt", () => {
  test("is captioned without its leading words about style", () => {
    const read = (prompt: string) => readPrompt(prompt, [], new Dice("x")).subject;
    expect(read("Documentary photograph, natural light, 35 mm lens. The boat came home.")).toBe(
      "The boat came home.",
    );
    expect(read("Watercolor painting, an old harbour, dusk")).toBe("an old harbour, dusk");
    expect(read("A place nobody could photograph.")).toBe("A place nobody could photograph.");
    expect(read("")).toBe("");
  });
});

describe("a caption", () => {
  const wish = { size: 10, width: 300, maxLines: 2 };

  test("takes at most its lines, and ends in dots where text is left", () => {
    const block = setText("word ".repeat(200), wish);
    expect(block.lines).toBe(2);
    expect(block.width).toBeLessThanOrEqual(300);
  });

  test("shows characters it has no outline for as bars, and control characters not at all", () => {
    expect(setText("灯塔", wish).svg).toContain("<rect");
    expect(setText("a\u0000\u0007\u202Eb", wish).svg).toBe(setText("a b", wish).svg);
    expect(setText("<b>&amp;</b>", wish).svg).not.toContain("<b>");
  });

  test("of any text stays within its width", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 })), (words) => {
        expect(setText(words.join(" "), wish).width).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe("the demo", () => {
  let demo: DemoComfyUI;
  beforeAll(async () => {
    demo = await startDemoComfyUI({ stepMs: 0 });
  });
  afterAll(() => demo.close());

  test("serves the painting it previewed, 1920×1088, the same when it is asked for again later", async () => {
    const ear = await Ear.open(demo, "me");
    const id = await submit(demo, textToImage());
    await ear.over();
    const first = await pictureOf(demo, id);
    expect(await sharp(first.bytes).metadata()).toMatchObject({ width: 1920, height: 1088, channels: 3 });
    const previews = ear.heard.filter(({ binary }) => binary).map(({ bytes }) => bytes?.subarray(8));
    expect(previews).toHaveLength(8);
    expect(await difference(previews[7] ?? Buffer.alloc(0), first.bytes)).toBeLessThan(25);
    expect((await pictureOf(demo, id)).bytes).toEqual(first.bytes);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTakes, pickPair, stepTake } from "@/app/projects/[projectId]/model/compare-takes";
import { markWords, type Piece } from "@/app/projects/[projectId]/model/marked-words";
import type { Take } from "@/lib/schemas/take";

const makeTake = (id: string, changes: Partial<Take> = {}): Take => ({
  id,
  sentenceId: "s1",
  jobId: `job-${id}`,
  file: `projects/p/takes/${id}.png`,
  url: `/media/projects/p/takes/${id}.png`,
  originalUrl: null,
  width: 1920,
  height: 1088,
  seed: 7,
  prompt: "ink drawing, a ferry leaves at dawn",
  negativePrompt: null,
  modelId: "klein",
  styleId: "noir",
  references: [],
  workflowHash: "aaaaaaaabbbb",
  steps: 8,
  cfg: 1,
  lora: null,
  fingerprint: "f",
  renderer: "comfyui",
  durationMs: 900,
  framing: null,
  credit: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  isSelected: false,
  isKept: false,
  isFileGone: false,
  ...changes,
});
const words = {
  model: (id: string | null) => `model ${id}`,
  style: (id: string | null) => `style ${id}`,
  character: (id: string) => `Character ${id}`,
  moment: (time: string) => time,
};
/** The marked stretches in brackets. */
const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join(" ");
const compared = (changes: Partial<Take>, before: Partial<Take> = {}) =>
  compareTakes(makeTake("a", before), makeTake("b", changes), words);
const rows = (changes: Partial<Take>, before: Partial<Take> = {}) =>
  compared(changes, before).differs.map(({ name, values }) => [name, ...values.map(shown)]);

describe("two takes", () => {
  test("made from the same differ in nothing, and what both lack is left out", () => {
    expect(compared({})).toEqual({
      differs: [],
      same: ["prompt", "seed", "model", "workflow", "style", "steps", "CFG", "size", "renderer", "made"],
    });
  });

  test.each<[string, Partial<Take>, [string, string, string][]]>([
    ["seed", { seed: 1234567 }, [["seed", "7", "1\u2009234\u2009567"]]],
    [
      "words of the prompt",
      { prompt: "ink drawing, a red ferry leaves at night" },
      [["prompt", "ink drawing, a ferry leaves at [dawn]", "ink drawing, a [red] ferry leaves at [night]"]],
    ],
    ["negative prompt", { negativePrompt: "blurry" }, [["negative prompt", "none", "blurry"]]],
    ["style", { styleId: null }, [["style", "style noir", "none"]]],
    [
      "workflow of one model",
      { workflowHash: "ccccccccdddd" },
      [["workflow", "version aaaaaaaa", "version cccccccc"]],
    ],
    [
      "model, whose workflow is another anyhow",
      { modelId: "turbo", workflowHash: "ccccccccdddd" },
      [["model", "model klein", "model turbo"]],
    ],
    [
      "LoRA",
      { lora: { file: "ink.safetensors", strength: 0.7 } },
      [["LoRA", "none", "ink.safetensors at 0.7"]],
    ],
    ["size", { width: 640, height: 368 }, [["size", "1920 × 1088", "640 × 368"]]],
    [
      "steps and CFG",
      { steps: 4, cfg: 2.5 },
      [
        ["steps", "8", "4"],
        ["CFG", "1", "2.5"],
      ],
    ],
    ["date", { createdAt: "later" }, [["made", "2026-01-01T00:00:00.000Z", "later"]]],
  ])("differ in %s", (_, changes, expected) => {
    expect(rows(changes)).toEqual(expected);
  });

  test("name the characters that only one was painted with, and another picture of the same", () => {
    const of = (...ids: string[]) => ({
      references: ids.map((id) => ({ characterId: id[0]!, imageId: id })),
    });
    expect(rows(of("a1", "c1"), of("a1", "b1"))).toEqual([
      ["references", "Character a, [Character b]", "Character a, [Character c]"],
    ]);
    expect(rows(of("a2"), of("a1"))).toEqual([
      ["references", "[Character a (another picture)]", "[Character a (another picture)]"],
    ]);
  });

  test("of which one is an own picture differ in who made it, not in a model", () => {
    const own = { renderer: "own", prompt: null, seed: null, modelId: null, styleId: null } as const;
    const found = rows({ ...own, steps: null, cfg: null, workflowHash: null });
    expect(found).toContainEqual(["renderer", "ComfyUI", "your own picture"]);
    expect(found).toContainEqual(["model", "model klein", "none"]);
    expect(found).toContainEqual(["prompt", "ink drawing, a ferry leaves at dawn", "none"]);
  });
});

test("marked words: all words stay in order, what is not marked is the same on both sides", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 }).map((all) => all.join(" "));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const sides = markWords(a, b);
      const whole = sides.map((pieces) => pieces.map((one) => one.text).join(" "));
      const common = sides.map((pieces) =>
        pieces
          .filter((one) => !one.isMarked)
          .map((one) => one.text)
          .join(" "),
      );
      expect(whole).toEqual([a, b]);
      expect(common[0]).toBe(common[1]);
      if (a === b) expect(sides.flat().some((one) => one.isMarked)).toBe(false);
    }),
  );
});

test("very long texts are told apart by what lies between a common beginning and end", () => {
  const long = (word: string) => `start ${`${word} `.repeat(3_000)}end`;
  expect(markWords(long("x"), long("y"))[0].map((one) => one.isMarked)).toEqual([false, true, false]);
});

describe("the pair", () => {
  const [c, b, a] = [makeTake("c"), makeTake("b", { isSelected: true }), makeTake("a")];
  const items = [c, b, a];
  const ids = (wanted: { left?: string; right?: string }, some = items) => {
    const pair = pickPair(some, wanted);
    return pair && [pair.left.id, pair.right.id];
  };

  test("begins with what the shot shows beside the newest other, or the one that was asked for", () => {
    expect(ids({})).toEqual(["b", "c"]);
    expect(ids({ right: "a" })).toEqual(["b", "a"]);
    expect(ids({ right: "b" })).toEqual(["c", "b"]);
    expect(ids({ left: "a", right: "c" })).toEqual(["a", "c"]);
  });

  test("goes on with others where one was deleted, and is none of a single take", () => {
    expect(ids({ left: "gone", right: "also" })).toEqual(["b", "c"]);
    expect(ids({ left: "a", right: "a" })).toEqual(["a", "c"]);
    expect(ids({}, [a])).toBeNull();
    expect(ids({}, [])).toBeNull();
  });

  test("is turned over past the take at the other side, and stays at the ends", () => {
    expect(stepTake(items, c, b, 1)).toBe(a);
    expect(stepTake(items, a, b, -1)).toBe(c);
    expect(stepTake(items, a, b, 1)).toBe(a);
  });
});

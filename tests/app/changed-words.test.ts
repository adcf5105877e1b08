import { describe, expect, test } from "vitest";
import { changedWords } from "@/app/projects/[projectId]/model/changed-words";

const project = { modelId: "klein", styleId: "noir" };
const shot = { modelId: null, styleId: null };
const take = { renderer: "comfyui" as const, modelId: "klein", styleId: "noir", isPromptChanged: false };

describe("what changed since a picture was made", () => {
  test.each([
    ["prompt changed", { ...take, isPromptChanged: true }, shot],
    ["style changed", { ...take, styleId: null }, shot],
    ["style changed", take, { ...shot, styleId: "engraving" }],
    ["model changed", { ...take, modelId: "turbo" }, shot],
    ["prompt and style changed", { ...take, isPromptChanged: true, styleId: "old" }, shot],
    [
      "prompt, style and model changed",
      { ...take, isPromptChanged: true, styleId: null, modelId: null },
      shot,
    ],
    ["changed", take, shot],
    ["changed", { ...take, renderer: "own" as const, styleId: null }, shot],
    ["changed", null, shot],
  ])("is said: %s", (words, shownTake, own) => {
    expect(changedWords({ shownTake, ...own }, project)).toBe(words);
  });
});

import { describe, expect, test } from "vitest";
import { laneWords, queueLight } from "@/app/_queue/lane-light";
import { readScript } from "@/lib/script/read-script";
import { measureScript } from "@/app/_ui/measure-script";
import { modelChoices, styleChoices } from "@/app/_projects/choices";
import { formatView, parseView, DEFAULT_VIEW } from "@/app/projects/[projectId]/model/view";
import type { Lane } from "@/lib/schemas/queue";
import { makeModel as model, makeStyle as style } from "./make-library";

describe("pickers", () => {
  const models = [
    model("b"),
    model("a"),
    model("video", { workflowCategory: "video" }),
    model("off", { isActive: false }),
  ];

  test("offer active models that make images, by name", () => {
    expect(modelChoices(models, null).map((one) => one.id)).toEqual(["a", "b"]);
  });

  test("keep the one in use although it is switched off, and say so", () => {
    expect(modelChoices(models, "off").find((one) => one.id === "off")?.obstacle).toBe("switched off");
  });

  test("say why a style does not go with the model", () => {
    const styles = [style("any"), style("only-a", { compatibleModels: ["a"] })];
    const obstacles = (modelId: string | null) =>
      styleChoices(styles, null, models, modelId).map((one) => one.obstacle);
    expect(obstacles("a")).toEqual([null, null]);
    expect(obstacles("b")).toEqual([null, "goes with A"]);
    expect(obstacles(null)).toEqual([null, "goes with A"]);
  });
});

describe("the lane light", () => {
  const lane = (state: Lane["state"], changes: Partial<Lane> = {}): Lane => ({
    url: "http://gpu:8188",
    name: "gpu:8188",
    state,
    reason: null,
    pause: null,
    retryAt: null,
    version: null,
    vramTotal: null,
    vramFree: null,
    device: "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync",
    queueRemaining: null,
    jobId: null,
    ...changes,
  });
  const queue = (...lanes: Lane[]) => ({
    isDemo: false,
    isPaused: false,
    pause: null,
    queued: 0,
    running: 0,
    lanes,
  });

  test("names the card it renders on", () => {
    expect(queueLight(queue(lane("ready")), true)).toMatchObject({ tone: "good", label: "RTX 4090" });
    expect(queueLight(queue(lane("busy")), true).tone).toBe("busy");
  });

  test("says that ComfyUI is away, why, and when it is asked again", () => {
    const reason = "Nothing answers at http://gpu:8188.";
    const retryAt = "2026-01-01T00:00:08.000Z";
    expect(queueLight(queue(lane("waiting", { reason, retryAt })), true)).toEqual({
      tone: "bad",
      label: "ComfyUI: not answering",
      detail: reason,
      retryAt: Date.parse(retryAt),
    });
  });

  test("tells a ComfyUI that is asked for the first time from one that does not answer", () => {
    const first = queueLight(queue(lane("waiting", { reason: "Not asked yet." })), true);
    expect(first).toMatchObject({ tone: "warn", label: "ComfyUI: connecting" });
    // It has answered before: what it paints is waited for.
    const silent = queueLight(queue(lane("waiting", { reason: "It is silent.", version: "0.3" })), true);
    expect(silent).toMatchObject({ tone: "bad", detail: "It is silent." });
  });

  test("says the words of its lanes, and which of several tries first", () => {
    const tries = (seconds: number) => `2026-01-01T00:00:${String(seconds).padStart(2, "0")}.000Z`;
    const light = queueLight(
      queue(lane("unhealthy", { retryAt: tries(30) }), lane("waiting", { retryAt: tries(5) })),
      true,
    );
    expect(light).toMatchObject({ label: "2 ComfyUIs: GPU trouble", retryAt: Date.parse(tries(5)) });
  });

  test("one lane that works is enough", () => {
    expect(queueLight(queue(lane("unhealthy"), lane("ready")), true)).toMatchObject({
      tone: "good",
      label: "1 of 2 ComfyUIs",
    });
    expect(queueLight(queue(lane("busy"), lane("ready")), true)).toMatchObject({
      tone: "busy",
      label: "2 ComfyUIs",
    });
  });

  test("a lost connection and a pause go before everything else", () => {
    expect(queueLight(queue(lane("ready")), false).label).toBe("Reconnecting");
    expect(queueLight({ ...queue(lane("busy")), isPaused: true }, true).label).toBe("Paused");
  });

  test("every state has words", () => {
    for (const state of ["ready", "busy", "waiting", "paused", "unhealthy", "diskFull", "elsewhere"] as const)
      expect(laneWords(lane(state))).toEqual({
        tone: expect.any(String) as string,
        label: expect.stringMatching(/\w/) as string,
        detail: expect.stringMatching(/\.$/) as string,
      });
  });
});

describe("the view", () => {
  test("comes back from its cookie", () => {
    for (const layout of ["grid", "table"] as const) {
      const view = { layout, size: 320, isNavOpen: false, isInspectorOpen: true };
      expect(parseView(formatView(view))).toEqual(view);
    }
  });

  test("is the usual one where the cookie is missing or odd", () => {
    for (const cookie of [undefined, "", "320", "abc.1.1", "320.2.1", "320.1.1.x"])
      expect(parseView(cookie)).toEqual(DEFAULT_VIEW);
    expect(parseView("999.1.1").size).toBe(480);
  });
});

/** As it is read when it is pasted. */
const measured = (script: string) => measureScript(script, readScript(script).sections);

describe("a script that is pasted", () => {
  test("is counted while it is typed", () => {
    expect(measured("# One\nA river. A bridge.\n# Two\nA mill.")).toEqual({
      sentences: 3,
      words: "2 sections · 3 sentences",
      problem: null,
    });
    expect(measured("  ")).toEqual({ sentences: 0, words: "", problem: null });
  });

  test("says which limit it breaks", () => {
    expect(measured("# Only a heading").problem).toMatch(/no sentence/);
    expect(measured("a".repeat(2 * 1024 * 1024 + 1)).problem).toMatch(/2 MB/);
    expect(measured(`${"word ".repeat(2_500)}.`).problem).toMatch(/Sentence 1 is longer than 10,000/);
    expect(measured("A b. ".repeat(10_001)).problem).toMatch(/10,000 sentences/);
  });
});

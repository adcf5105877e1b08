import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import { inputs, model, style, turbo, type Given } from "./plan-inputs";

const planOf = (given: Given) => {
  const { plan, failure, notes } = resolvePlan(inputs(given));
  expect(failure).toBeNull();
  return { ...plan!, notes };
};
const failureOf = (given: Given) => resolvePlan(inputs(given)).failure;

describe("the model", () => {
  test.each<[string, Given, string | null]>([
    ["the project's", {}, "turbo"],
    ["before it the sentence's", { sentence: { modelId: "klein" } }, "klein"],
    [
      "before both the request's",
      { sentence: { modelId: "klein" }, overrides: { modelId: "turbo" } },
      "turbo",
    ],
    ["none", { project: { modelId: null } }, null],
  ])("is %s", (_, given, expected) => {
    expect(planOf(given).modelId).toBe(expected);
  });

  test("without one, the default for references is taken where there are any and they are wanted", () => {
    const project = { modelId: null };
    expect(planOf({ project }).modelName).toBe("the default text-to-image workflow");
    const sentence = { text: "Mira rows." };
    expect(planOf({ project, sentence }).modelName).toBe("the default image-to-image workflow");
    const unwanted = planOf({ project, sentence, overrides: { useImageToImage: false } });
    expect(unwanted).toMatchObject({ modelName: "the default text-to-image workflow", references: [] });
  });

  test.each<[string, Given, string]>([
    ["unknown", { overrides: { modelId: "nope" } }, "model_not_found"],
    ["a video model", { models: [{ ...turbo, workflowCategory: "video" }] }, "model_is_video"],
    [
      "of the type image-to-video",
      { models: [{ ...turbo, workflowType: "image-to-video" }] },
      "model_is_video",
    ],
    ["switched off", { models: [{ ...turbo, isActive: false }] }, "model_inactive"],
  ])("that is %s is refused, naming modelId", (_, given, code) => {
    expect(failureOf(given)).toMatchObject({ code, field: "modelId", remedy: expect.any(String) });
  });

  test("whose workflow cannot be used gives that reason", () => {
    const problem = { code: "workflow_not_found", message: "gone", field: null, remedy: null };
    expect(failureOf({ models: [{ ...turbo, problem }] })).toBe(problem);
  });

  test("gives steps and cfg, unless the request asks for others", () => {
    expect(planOf({})).toMatchObject({ steps: 8, cfg: 1 });
    expect(planOf({ overrides: { steps: 30, cfg: 0 } })).toMatchObject({ steps: 30, cfg: 0 });
    expect(planOf({ project: { modelId: null } })).toMatchObject({ steps: null, cfg: null });
  });

  test("gives the size where it has one of its own", () => {
    expect(planOf({})).toMatchObject({ width: 1920, height: 1088 });
    const models = [{ ...turbo, renderWidth: 1024, renderHeight: 576 }];
    expect(planOf({ models })).toMatchObject({ width: 1024, height: 576 });
  });
});

describe("the style", () => {
  test.each<[string, Given, string | null]>([
    ["none", {}, null],
    ["the project's", { project: { styleId: "noir" } }, "noir"],
    ["before it the sentence's", { project: { styleId: "noir" }, sentence: { styleId: "anime" } }, "anime"],
    ["before it the legacy name", { sentence: { styleId: "anime" }, overrides: { style: "noir" } }, "noir"],
    ["a legacy name in other case", { overrides: { style: " NOIR " } }, "noir"],
    ["before all the request's", { overrides: { style: "noir", styleId: "anime" } }, "anime"],
  ])("is %s", (_, given, expected) => {
    expect(planOf({ styles: [style(), style({ id: "anime", name: "Anime" })], ...given }).styleId).toBe(
      expected,
    );
  });

  test.each<[string, Given, string, string]>([
    ["unknown", { overrides: { styleId: "nope" } }, "style_not_found", "styleId"],
    ["an unknown legacy name", { overrides: { style: "nope" } }, "style_not_found", "style"],
    [
      "switched off",
      { styles: [style({ isActive: false })], overrides: { styleId: "noir" } },
      "style_inactive",
      "styleId",
    ],
    [
      "not for this model",
      { styles: [style({ compatibleModels: ["klein"] })], overrides: { style: "noir" } },
      "style_incompatible",
      "style",
    ],
    [
      "not for a run without a model",
      { project: { modelId: null, styleId: "noir" }, styles: [style({ compatibleModels: ["klein"] })] },
      "style_incompatible",
      "styleId",
    ],
  ])("that is %s is refused, naming the field", (_, given, code, field) => {
    expect(failureOf(given)).toMatchObject({ code, field });
  });

  test("that is unknown is answered with those that there are", () => {
    const styles = [style(), style({ id: "off", isActive: false }), style({ id: "anime" })];
    expect(failureOf({ styles, overrides: { style: "nope" } })?.message).toContain("There are: noir, anime.");
  });

  test("goes before the image prompt", () => {
    const project = { styleId: "noir" };
    expect(planOf({ project }).prompt).toBe("Film noir still, The harbour lay empty.");
    expect(planOf({ project, sentence: { imagePrompt: "  fog  " } }).prompt).toBe("Film noir still, fog");
    expect(planOf({ project, sentence: { imagePrompt: "   " } }).prompt).toBe(
      "Film noir still, The harbour lay empty.",
    );
  });

  test("has a negative prompt, which is noted where the workflow takes none", () => {
    const given = { styles: [style({ negativePrompt: " text " })], overrides: { styleId: "noir" } };
    expect(planOf({ ...given, project: { modelId: "klein" } })).toMatchObject({
      negativePrompt: "text",
      notes: [],
    });
    const dropped = planOf(given);
    expect(dropped.negativePrompt).toBeNull();
    expect(dropped.notes).toEqual([expect.stringContaining("negative prompt")]);
  });

  test("may be a LoRA, which is a demand on the workflow", () => {
    const lora = style({
      styleType: "lora",
      loraFile: "noir.safetensors",
      loraStrength: 0.8,
      promptPrefix: "noir style",
    });
    const given: Given = { styles: [lora], overrides: { styleId: "noir" } };
    expect(planOf(given)).toMatchObject({
      lora: { file: "noir.safetensors", strength: 0.8 },
      prompt: "noir style, The harbour lay empty.",
    });
    const models = [{ ...turbo, slots: new Set(["prompt", "output"] as const) }];
    expect(failureOf({ ...given, models })).toMatchObject({ code: "lora_not_supported", field: "styleId" });
    expect(failureOf({ ...given, models, overrides: { style: "noir" } })?.field).toBe("style");
  });

  test("may need a reference, and fails with that reason without one", () => {
    const given: Given = {
      styles: [style({ requiresCharacterRef: true })],
      overrides: { styleId: "noir" },
      project: { modelId: "klein" },
    };
    expect(failureOf(given)).toMatchObject({ code: "style_needs_reference", field: "characterIds" });
    expect(planOf({ ...given, sentence: { text: "Mira rows." } }).references).toHaveLength(1);
    expect(failureOf({ ...given, sentence: { text: "Ghost rows." } })?.code).toBe("style_needs_reference");
  });
});

describe("references", () => {
  const project = { modelId: "klein" };
  const imagesOf = (given: Given) => planOf({ project, ...given }).references.map((one) => one.imageId);

  test("are those of the cast members in the text, in the order they are named", () => {
    expect(imagesOf({ sentence: { text: "Jonas and Mira row." } })).toEqual(["jonas-1", "mira-1"]);
    expect(imagesOf({ sentence: { text: "Jonas and Mira row." }, cast: ["mira"] })).toEqual(["mira-1"]);
  });

  test("are the sentence's own where it has any, or none where it says so", () => {
    expect(imagesOf({ sentence: { text: "Jonas rows.", characterIds: ["mira"] } })).toEqual(["mira-1"]);
    expect(imagesOf({ sentence: { text: "Jonas rows.", characterIds: [] } })).toEqual([]);
  });

  test("are the request's before all, each once", () => {
    const sentence = { characterIds: ["mira"] };
    expect(imagesOf({ sentence, overrides: { characterRefs: ["jonas", "jonas"] } })).toEqual(["jonas-1"]);
    expect(imagesOf({ sentence, overrides: { characterRefs: [] } })).toEqual([]);
  });

  test("that cannot be had are left out with a note", () => {
    const gone = planOf({ project, sentence: { characterIds: ["gone", "ghost", "mira"] } });
    expect(gone.references.map((one) => one.imageId)).toEqual(["mira-1"]);
    expect(gone.notes).toEqual([
      expect.stringContaining("no longer exists"),
      expect.stringContaining("Ghost"),
    ]);
  });

  test("beyond what the workflow takes are left out with a note", () => {
    const given: Given = {
      sentence: { text: "Mira and Jonas row." },
      models: [model({ maxReferences: 1 }), turbo],
      project,
    };
    const plan = planOf(given);
    expect(plan.references.map((one) => one.imageId)).toEqual(["mira-1"]);
    expect(plan.notes).toEqual(["Klein takes at most 1 reference picture: 1 of this shot's is left out."]);
    expect(planOf({ ...given, project: { modelId: "turbo" } }).notes).toEqual([
      expect.stringContaining("no reference pictures"),
    ]);
  });

  test("that a graph cannot do without send the shot to the default graph, with a note", () => {
    const models = [model({ runsWithoutReference: false }), turbo];
    const plan = planOf({ project, models });
    expect(plan).toMatchObject({
      modelName: "the default text-to-image workflow",
      workflowHash: "hash-of-turbo",
    });
    expect(plan.notes).toEqual([expect.stringContaining("cannot run without a reference")]);
    expect(planOf({ project, models, sentence: { text: "Mira rows." } }).workflowHash).toBe("hash-of-klein");
  });
});

describe("the seed", () => {
  test("is the request's, else the sentence's locked one, else to be drawn", () => {
    expect(planOf({ sentence: { seed: 5 } }).seed).toBeNull();
    expect(planOf({ sentence: { seed: 5, isSeedLocked: true } }).seed).toBe(5);
    expect(planOf({ sentence: { seed: 5, isSeedLocked: true }, overrides: { seed: 0 } }).seed).toBe(0);
    expect(planOf({ sentence: { seed: null, isSeedLocked: true } }).seed).toBeNull();
  });
});

test("a plan is resolved or refused, never both, and changes none of its inputs", () => {
  const id = fc.constantFrom("turbo", "klein", "nope", null);
  const some = fc.constantFrom("noir", "nope", null);
  const people = fc.option(fc.uniqueArray(fc.constantFrom("mira", "jonas", "ghost", "gone")));
  fc.assert(
    fc.property(
      id,
      id,
      some,
      people,
      fc.boolean(),
      fc.string(),
      (modelId, own, styleId, characterIds, useImageToImage, text) => {
        const given = inputs({
          project: { modelId, styleId },
          sentence: { modelId: own, characterIds, text },
          overrides: { useImageToImage },
        });
        const before = JSON.stringify(given);
        const { plan, failure } = resolvePlan(given);
        expect(plan === null).toBe(failure !== null);
        expect(JSON.stringify(given)).toBe(before);
        expect(plan?.references.length ?? 0).toBeLessThanOrEqual(2);
      },
    ),
  );
});

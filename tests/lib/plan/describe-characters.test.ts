import { describe, expect, test } from "vitest";
import { describeCharacters } from "@/lib/plan/describe-characters";
import { fingerprint } from "@/lib/plan/fingerprint";
import type { PlanCharacter } from "@/lib/plan/plan";
import { resolvePlan } from "@/lib/plan/resolve-plan";
import { inputs, style, type Given } from "./plan-inputs";

const mira: PlanCharacter = {
  id: "mira",
  name: "Mira",
  description: " an old sailor\n in a yellow coat. ",
  mainImageId: "mira-1",
};
const jonas: PlanCharacter = {
  id: "jonas",
  name: "Jonas",
  description: "a tall boy",
  mainImageId: "jonas-1",
};
const ferry: PlanCharacter = { id: "ferry", name: "The ferry", description: "", mainImageId: "ferry-1" };

describe("{characters} becomes", () => {
  test("which reference picture is who, in the order they are given", () => {
    const given = [{ characterId: "jonas" }, { characterId: "mira" }];
    expect(describeCharacters([mira, jonas], given)).toBe(
      "image 1 is Jonas: a tall boy; image 2 is Mira: an old sailor in a yellow coat.",
    );
    expect(describeCharacters([mira, jonas], given.toReversed())).toBe(
      "image 1 is Mira: an old sailor in a yellow coat; image 2 is Jonas: a tall boy",
    );
  });

  test("the name alone of a reference without a description", () => {
    expect(describeCharacters([ferry], [{ characterId: "ferry" }])).toBe("image 1 is The ferry");
  });

  test("the descriptions alone where no references run, and nothing where there are none", () => {
    expect(describeCharacters([mira, ferry, jonas], [])).toBe(
      "Mira: an old sailor in a yellow coat; Jonas: a tall boy",
    );
    expect(describeCharacters([ferry], [])).toBe("");
    expect(describeCharacters([], [])).toBe("");
  });
});

describe("the prompt of a shot", () => {
  const given: Given = {
    characters: [mira, jonas, ferry],
    sentence: { text: "Jonas and Mira board the ferry." },
    styles: [style({ promptPrefix: "Noir still, {characters}." })],
  };
  const plan = (more: Given) => resolvePlan(inputs({ ...given, ...more })).plan!;

  test("names those that the workflow takes, and no more", () => {
    const two = plan({ project: { modelId: "klein", styleId: "noir" } });
    expect(two.references.map((one) => one.characterId)).toEqual(["jonas", "mira"]);
    expect(two.prompt).toBe(
      "Noir still, image 1 is Jonas: a tall boy; image 2 is Mira: an old sailor in a yellow coat. Jonas and Mira board the ferry.",
    );
  });

  test("has the descriptions where the model takes no pictures or the request wants none", () => {
    const words = "Noir still, Jonas: a tall boy; Mira: an old sailor in a yellow coat.";
    expect(plan({ project: { modelId: "turbo", styleId: "noir" } }).prompt).toContain(words);
    const without = plan({
      project: { modelId: "klein", styleId: "noir" },
      overrides: { useImageToImage: false },
    });
    expect(without.prompt).toContain(words);
  });

  test("changes with a description where the style asks for it, and only there", () => {
    const other = [mira, { ...jonas, description: "a short boy" }, ferry];
    const of = (more: Given) =>
      fingerprint(plan({ ...more, project: { modelId: "turbo", styleId: "noir" } }));
    expect(of({ characters: other })).not.toBe(of({}));
    const plain = { styles: [style()] };
    expect(of({ ...plain, characters: other })).toBe(of(plain));
  });
});

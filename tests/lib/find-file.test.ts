import fc from "fast-check";
import { expect, test } from "vitest";
import { fileName, findFile } from "@/lib/find-file";

const part = fc.stringMatching(/^[a-z0-9_]{1,8}$/);
const path = fc.array(part, { minLength: 1, maxLength: 4 });

test("a file is found whichever way its slashes lean, spelt as the server has it", () => {
  fc.assert(
    fc.property(path, fc.array(path, { maxLength: 5 }), fc.boolean(), (parts, others, leansBack) => {
      const there = parts.join(leansBack ? "\\" : "/");
      const files = [...others.map((one) => one.join("/")), there];
      const found = findFile(parts.join(leansBack ? "/" : "\\"), files);
      expect(found?.replaceAll("\\", "/")).toBe(parts.join("/"));
      expect(files).toContain(found);
    }),
  );
});

test("one of the same name in another folder is taken only where it is the only one", () => {
  expect(findFile("a.safetensors", ["x/a.safetensors", "b.safetensors"])).toBe("x/a.safetensors");
  expect(findFile("a.safetensors", ["x/a.safetensors", "y/a.safetensors"])).toBeNull();
  expect(findFile("a.safetensors", [])).toBeNull();
});

test("a file's name is what stands behind the last slash, of either kind", () => {
  expect([fileName("x/y\\z.pt"), fileName("z.pt"), fileName("x/")]).toEqual(["z.pt", "z.pt", ""]);
});

import { expect, test } from "vitest";
import { isSame } from "@/app/_library/use-draft";
import { NEW_MODEL, sizeProblem, toCreate, toUpdate } from "@/app/_models/model-values";
import { missingWords } from "@/app/_models/model-words";
import { readUpload } from "@/app/_models/read-upload";

const upload = { name: "w.json", text: "{}", size: 2, key: "upload 1" };

test("a change sends what changed and nothing else, so a model whose file is gone can be renamed", () => {
  expect(toUpdate({ name: "New" }, null)).toEqual({ name: "New" });
  expect(toUpdate({ workflowFile: null }, null)).toEqual({ workflowFile: null });
  expect(toUpdate({ workflowFile: "workflows/a.json" }, upload)).toEqual({ workflow: "{}" });
  expect(toUpdate({ defaultSteps: null }, null)).toEqual({ defaultSteps: Number.NaN });
});

test("a new model sends all its fields, with an upload in place of a file", () => {
  const values = { ...NEW_MODEL, name: "New", workflowFile: "workflows/a.json" };
  expect(toCreate(values, null)).toMatchObject({ name: "New", workflowFile: "workflows/a.json" });
  expect(toCreate(values, upload)).toMatchObject({ workflow: "{}" });
  expect(toCreate(values, upload)).not.toHaveProperty("workflowFile");
  expect(toCreate({ ...values, workflowFile: null }, null)).not.toHaveProperty("workflowFile");
});

test("half a size is said at the side that is missing", () => {
  expect(sizeProblem(NEW_MODEL)).toEqual({});
  expect(sizeProblem({ ...NEW_MODEL, renderWidth: 512, renderHeight: 512 })).toEqual({});
  expect(Object.keys(sizeProblem({ ...NEW_MODEL, renderWidth: 512 }))).toEqual(["renderHeight"]);
});

test("what is missing is counted by what it is", () => {
  const file = { code: "missing_file" };
  const node = { code: "missing_node_type" };
  expect(missingWords([])).toBeNull();
  expect(missingWords([file])).toBe("1 file missing");
  expect(missingWords([file, node, file])).toBe("2 files and 1 node missing");
  expect(missingWords([{ code: "workflow_not_found" }])).toBe("its workflow cannot be used");
});

test("a file of more than 10 MB is refused before it is read", async () => {
  const large = new File([], "large.json");
  Object.defineProperties(large, {
    size: { value: 11 * 1024 * 1024 },
    text: { value: () => Promise.reject(new Error("It was read.")) },
  });
  expect(await readUpload(large)).toBe("“large.json” has 11 MB; a workflow file has at most 10 MB.");
  const two = [new File(["{}"], "a.json"), new File(["[]"], "a.json")];
  const [first, second] = await Promise.all(two.map(readUpload));
  expect(first).toMatchObject({ name: "a.json", text: "{}", size: 2 });
  expect(first).not.toMatchObject({ key: (second as { key: string }).key });
});

test("letters in an empty number box are a change, and not nothing", () => {
  expect(isSame(Number.NaN, null)).toBe(false);
  expect(isSame(Number.NaN, Number.NaN)).toBe(true);
  expect(isSame(null, null)).toBe(true);
  expect(isSame(["a"], ["a"])).toBe(true);
  expect(isSame(8, 9)).toBe(false);
});

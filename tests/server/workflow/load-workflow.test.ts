import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { DEFAULT_WORKFLOWS } from "@/server/workflow/default-workflows";
import { findSlots } from "@/server/workflow/find-slots";
import { hashWorkflow } from "@/server/workflow/hash-workflow";
import { loadWorkflow } from "@/server/workflow/load-workflow";
import { WorkflowError } from "@/server/workflow/workflow-error";

import { sdxl, textToImage } from "./sample-graphs";

const PROJECT_WORKFLOWS = fileURLToPath(new URL("../../../workflows", import.meta.url));
let folder: string;
let own: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "shotboard-workflows-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  own = await mkdtemp(path.join(folder, "workflows-"));
  await mkdir(path.join(own, "image"));
});

function load(file: string) {
  return loadWorkflow({ file, roots: [PROJECT_WORKFLOWS, own] });
}

async function write(name: string, text: string): Promise<string> {
  const file = path.join(own, name);
  await writeFile(file, text);
  return file;
}

function refused(code: string) {
  return expect.objectContaining({ name: "WorkflowError", code });
}

describe("loading a workflow", () => {
  it("gives graph, slots and hash of the default ones", async () => {
    const loaded = await load(DEFAULT_WORKFLOWS["text-to-image"]);
    expect(loaded).toEqual({
      graph: textToImage,
      slots: findSlots(textToImage),
      hash: hashWorkflow(textToImage),
    });
    expect((await load(DEFAULT_WORKFLOWS["image-to-image"])).slots.maxReferences).toBeGreaterThan(1);
  });

  it("finds a file in a later root, with or without the word workflows in front", async () => {
    await write("image/mine.json", JSON.stringify(sdxl));
    expect((await load("image/mine.json")).graph).toEqual(sdxl);
    expect((await load("workflows/image/mine.json")).graph).toEqual(sdxl);
  });

  it("passes a root that does not exist", async () => {
    await write("mine.json", JSON.stringify(sdxl));
    const roots = [path.join(folder, "not-there"), own];
    expect((await loadWorkflow({ file: "mine.json", roots })).graph).toEqual(sdxl);
  });

  it("reads a file again only when it has changed", async () => {
    const file = await write("mine.json", JSON.stringify(sdxl));
    const first = await load("mine.json");
    expect(await load("workflows/mine.json")).toBe(first);
    await writeFile(file, JSON.stringify(textToImage));
    await utimes(file, new Date(), new Date(Date.now() + 5_000));
    expect((await load("mine.json")).hash).toBe(hashWorkflow(textToImage));
  });

  it("shares what it loaded, so that nobody can change it", async () => {
    const { graph, slots } = await load(DEFAULT_WORKFLOWS["text-to-image"]);
    expect(Object.isFrozen(graph["8"]?.inputs)).toBe(true);
    expect(Object.isFrozen(slots.prompt)).toBe(true);
  });

  it("says which file is not there", async () => {
    await expect(load("image/none.json")).rejects.toThrow(refused("workflow_not_found"));
    await expect(load("image/none.json")).rejects.toThrow('"image/none.json"');
  });

  it("refuses a folder, a broken file and a workflow without an output, each in its own words", async () => {
    await mkdir(path.join(own, "folder.json"));
    await write("broken.json", "{");
    await write("empty.json", '{"1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}}}');
    await expect(load("folder.json")).rejects.toThrow(refused("workflow_path"));
    await expect(load("broken.json")).rejects.toThrow(refused("workflow_not_json"));
    await expect(load("empty.json")).rejects.toThrow(refused("workflow_no_output"));
  });

  it("refuses a file of more than 10 MB", async () => {
    await write("large.json", " ".repeat(10 * 1024 * 1024 + 1));
    await expect(load("large.json")).rejects.toThrow(refused("workflow_too_large"));
  });
});

describe("a path that leads outside", () => {
  it.each([
    "",
    "workflows",
    "../secret.json",
    "workflows/../../secret.json",
    "image/../../secret.json",
    "image//x.json",
    "./x.json",
    "/etc/passwd.json",
    "C:/x.json",
    "C:x.json",
    "..\\secret.json",
    "image\\..\\..\\secret.json",
    "image/x.json\0.png",
    "image/x\0.json",
    "image/x.json:stream.json",
    "image/.. /secret.json",
    "image/.../secret.json",
    "nul.json",
    "image/con.json",
    "image/x.json/",
    "image/x.txt",
    "image/.hidden.json",
    `${"a".repeat(400)}.json`,
  ])("is refused: %j", async (file) => {
    await writeFile(path.join(folder, "secret.json"), JSON.stringify(sdxl));
    await expect(load(file)).rejects.toThrow(refused("workflow_path"));
  });

  it("is refused through a symbolic link to a file or a folder", async () => {
    const outside = path.join(folder, "outside");
    await mkdir(outside, { recursive: true });
    await writeFile(path.join(outside, "secret.json"), JSON.stringify(sdxl));
    await symlink(outside, path.join(own, "linked"), "junction");
    await expect(load("linked/secret.json")).rejects.toThrow(refused("workflow_path"));
    if (process.platform === "win32") return;
    await symlink(path.join(outside, "secret.json"), path.join(own, "linked.json"));
    await expect(load("linked.json")).rejects.toThrow(refused("workflow_path"));
  });

  it("may go through a link when the root itself is one", async () => {
    await write("mine.json", JSON.stringify(sdxl));
    const root = `${own}-link`;
    await symlink(own, root, "junction");
    expect((await loadWorkflow({ file: "mine.json", roots: [root] })).graph).toEqual(sdxl);
  });

  it("never comes from any text: it is loaded from inside or refused", async () => {
    await writeFile(path.join(folder, "secret.json"), JSON.stringify(sdxl));
    const part = fc.constantFrom(
      "..",
      ".",
      "",
      "image",
      "workflows",
      "secret.json",
      "\\",
      "C:",
      "\0",
      "secret.json ",
      "..\\secret.json",
    );
    const file = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
    );
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        await expect(loadWorkflow({ file: text, roots: [own] })).rejects.toBeInstanceOf(WorkflowError);
      }),
      { numRuns: 300 },
    );
  });
});

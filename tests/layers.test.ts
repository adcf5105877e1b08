import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

const servers = [
  "db",
  "image-store",
  "workflow",
  "events",
  "comfyui",
  "demo-comfyui",
  "generation",
  "services",
];
/** Each layer is one file, `a.ts`. */
const layers = ["lib", "app", ...[...servers, "trpc", "http", "boot"].map((name) => `server/${name}`)];

const refused: [from: string, statement: string][] = [
  ["src/server/workflow/x.ts", 'import { a } from "@/server/comfyui/a"'],
  ["src/server/workflow/x.ts", 'import type { A } from "../comfyui/a"'],
  ["src/server/workflow/x.ts", 'export { a } from "../comfyui/a"'],
  ["src/server/workflow/x.ts", 'await import("../comfyui/a")'],
  ["src/server/db/x.ts", 'import { a } from "@/server/events/a"'],
  ["src/server/image-store/x.ts", 'import { a } from "@/server/db/a"'],
  ["src/server/events/x.ts", 'import { a } from "@/server/generation/a"'],
  ["src/server/comfyui/x.ts", 'import { a } from "@/server/db/a"'],
  ["src/server/demo-comfyui/x.ts", 'import { a } from "@/server/comfyui/a"'],
  ["src/server/generation/x.ts", 'import { a } from "@/server/services/a"'],
  ["src/server/services/x.ts", 'import { a } from "@/server/trpc/a"'],
  ["src/server/trpc/x.ts", 'import { a } from "@/server/db/a"'],
  ["src/server/trpc/x.ts", 'import { a } from "@/server/generation/a"'],
  ["src/server/http/x.ts", 'import { a } from "@/server/trpc/a"'],
  ["src/server/http/x.ts", 'import { a } from "@/server/demo-comfyui/a"'],
  ["src/server/services/x.ts", 'import { a } from "@/server/demo-comfyui/a"'],
  ["src/server/services/x.ts", 'import { a } from "@/server/boot/a"'],
  ["src/app/page.tsx", 'import { a } from "@/server/services/a"'],
  ["src/app/page.tsx", 'import type { A } from "@/server/services/a"'],
  ["src/app/page.tsx", 'import { a } from "@/server/trpc/a"'],
  ["src/app/page.tsx", 'import { a } from "@/server/boot/a"'],
  ["src/app/deep/page.tsx", 'import type { A } from "@/server/boot/a"'],
  ["src/lib/x.ts", 'import type { A } from "@/server/trpc/a"'],
  ["src/lib/x.ts", 'import { a } from "@/server/db/a"'],
  ["src/lib/x.ts", 'import type { A } from "./client"'],
  ["src/lib/client.ts", 'import { a } from "@/server/trpc/a"'],
  ["src/lib/client.ts", 'import type { A } from "@/server/services/a"'],
  ["src/server/boot/shared.ts", 'import { a } from "@/server/trpc/a"'],
  ["src/server/boot/shared.ts", 'import { a } from "./a"'],
  ["src/server/http/x.ts", 'import { a } from "../../../tests/a"'],
  ["src/server/http/x.ts", 'import { a } from "../../../scripts/a"'],
];

const allowed: [from: string, statement: string][] = [
  ["src/server/workflow/x.ts", 'import { a } from "@/lib/a"'],
  ["src/server/workflow/x.ts", 'import { a } from "./a"'],
  ["src/server/workflow/x.ts", 'import { readFile } from "node:fs/promises"'],
  ["src/server/comfyui/x.ts", 'import { a } from "@/server/workflow/a"'],
  ["src/server/generation/x.ts", 'import { a } from "@/server/comfyui/a"'],
  ["src/server/services/x.ts", 'import { a } from "@/server/generation/a"'],
  ["src/server/trpc/x.ts", 'import { a } from "@/server/services/a"'],
  ["src/server/http/x.ts", 'import { a } from "@/server/image-store/a"'],
  ["src/server/boot/x.ts", 'import { a } from "@/server/demo-comfyui/a"'],
  ["src/server/boot/x.ts", 'import { a } from "./shared"'],
  ["src/server/boot/shared.ts", 'import type { A } from "@/server/trpc/a"'],
  ["src/app/page.tsx", 'import type { A } from "@/server/trpc/a"'],
  ["src/app/deep/page.tsx", 'import { a } from "@/server/boot/shared"'],
  ["src/app/page.tsx", 'import { a } from "@/lib/a"'],
  ["src/lib/client.ts", 'import type { A } from "@/server/trpc/a"'],
  ["src/lib/client.ts", 'import { a } from "./a"'],
  ["tests/x.ts", 'import { a } from "@/server/demo-comfyui/a"'],
  ["scripts/x.ts", 'import { a } from "../src/server/services/a"'],
  ["bench/x.ts", 'import { a } from "@/server/generation/a"'],
  ["examples/x.ts", 'import { a } from "@/lib/client"'],
];

/** What the linter says of one import, in a tree of its own beside the shared one-file layers. */
async function lint(tree: string): Promise<{ filename: string; code: string }[]> {
  const program = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const args = [program, "-c", join(root, "oxlint.config.mjs"), "--format", "json", "."];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 64e6 }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  return diagnostics;
}

/** House rules beside the layers: the statement, and the rule that refuses it. */
const unwanted: [from: string, statement: string, rule: string][] = [
  ["src/server/stray.ts", "export const b = 1", "boundaries(no-unknown-files)"],
  ["src/server/http/port.ts", 'export const b = process.env["PORT"]', "node(no-process-env)"],
  ["src/lib/all.ts", 'export * from "./a"', "oxc(no-barrel-file)"],
  ["src/lib/loose.ts", "export const b = (c: any) => c", "typescript(no-explicit-any)"],
  ["src/lib/later.ts", "// TODO: the rest\nexport const b = 1", "eslint(no-warning-comments)"],
  ["src/lib/quiet.ts", "// oxlint-disable-next-line\nexport const b = 1", "eslint(no-warning-comments)"],
  ["src/lib/loud.ts", 'console.log("b")', "eslint(no-console)"],
];

const tries = [...refused, ...allowed, ...unwanted];

/** Lays the trees: imports that would stand in the same file go to separate trees. */
async function lintAll(): Promise<Map<string, string[]>> {
  const trees: Map<string, string>[] = [];
  for (const [from, statement] of tries) {
    let tree = trees.find((files) => !files.has(from));
    if (!tree) trees.push((tree = new Map()));
    tree.set(from, statement);
  }
  const found = new Map<string, string[]>();
  for (const files of trees) {
    const folder = await mkdtemp(join(tmpdir(), "shotboard-layers-"));
    folders.push(folder);
    const content = new Map([
      ...layers.map(
        (layer) => [`src/${layer}/a.ts`, "export const a = 1;\nexport type A = number;\n"] as const,
      ),
      ["src/server/boot/shared.ts", "export const a = 1;\n"] as const,
      ["src/lib/client.ts", "export const a = 1;\nexport type A = number;\n"] as const,
      ["tests/a.ts", "export const a = 1;\n"] as const,
      ["scripts/a.ts", "export const a = 1;\n"] as const,
      ...[...files].map(([file, statement]) => [file, `${statement};\n`] as const),
    ]);
    for (const [file, text] of content) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    for (const name of ["tsconfig.json", "tsconfig.all.json"]) {
      await writeFile(join(folder, name), await readFile(join(root, name)));
    }
    const said = await lint(folder);
    for (const [file, statement] of files) {
      const codes = said
        .filter(({ filename }) => filename.replaceAll("\\", "/") === file)
        .map(({ code }) => code);
      found.set(`${file} ${statement}`, codes);
    }
  }
  return found;
}

const folders: string[] = [];
let said: Map<string, string[]>;

beforeAll(async () => {
  said = await lintAll();
}, 120_000);

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("the linter refuses what the layer table does not name", () => {
  it.each(refused)("%s: %s", (from, statement) => {
    expect(said.get(`${from} ${statement}`)).toContain("boundaries(dependencies)");
  });
});

describe("the linter refuses what the house rules name", () => {
  it.each(unwanted)("%s: %s", (from, statement, rule) => {
    expect(said.get(`${from} ${statement}`)).toContain(rule);
  });
});

describe("the linter allows what the layer table names", () => {
  it.each(allowed)("%s: %s", (from, statement) => {
    expect(said.get(`${from} ${statement}`)?.filter((code) => code.startsWith("boundaries"))).toEqual([]);
  });
});

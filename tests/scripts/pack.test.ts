import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../scripts/child.mjs";
import { npm } from "../../scripts/npm.mjs";
import { runProgram } from "../../scripts/programs.mjs";
import { startTestApp, type TestApp } from "../support/test-app";

let project: string;
let app: TestApp;

/** A program of somebody else's: it only has the packed client. */
const program = `
import { createShotboardClient } from "shotboard";

const [url = ""] = process.argv.slice(2);
const client = createShotboardClient({ url });
const { id, sentenceCount } = await client.project.create.mutate({ name: "Ferry", script: "It left. Nobody waved." });
const seen = await new Promise<string>((resolve, reject) => {
  client.events.onProject.subscribe(
    { projectId: id },
    { onData: ({ data }) => data.type === "snapshot" && resolve(data.sentences[0]?.status ?? "none"), onError: reject },
  );
});
await client.close();
console.log(JSON.stringify({ sentenceCount, seen }));
`;

const mistakes = {
  "an unknown procedure": "client.project.paint.mutate({})",
  "a missing field": "client.project.create.mutate({})",
  "an unknown field": 'client.project.create.mutate({ name: "Ferry", colour: "red" })',
  "a field of the wrong type": 'client.image.generate.mutate({ projectId: "p", takes: "3" })',
  "an answer taken for something else":
    'const id: number = (await client.project.create.mutate({ name: "Ferry" })).id; void id',
};

const compile = (files: string[]) =>
  runProgram("typescript/tsc", ["-p", "tsconfig.json", ...files], { quiet: true, cwd: project });

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "shotboard-pack-"));
  const packed = await npm(["pack", "--pack-destination", project]);
  if (packed.code !== 0) throw new Error(packed.output);
  const archive = (await readdir(project)).find((name) => name.endsWith(".tgz")) ?? "";
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "elsewhere", private: true, type: "module" }),
  );
  await writeFile(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "ES2022",
        module: "NodeNext",
        lib: ["ES2022", "DOM"],
        strict: true,
        skipLibCheck: true,
        typeRoots: [join(import.meta.dirname, "../../node_modules/@types")],
        types: ["node"],
      },
    }),
  );
  // Offline: it needs nothing from any registry.
  const installed = await npm(["install", "--prefix", project, "--offline", join(project, archive)]);
  if (installed.code !== 0) throw new Error(installed.output);
  app = await startTestApp();
}, 120_000);

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(project, { recursive: true, force: true });
});

describe("the packed client, installed in another project", () => {
  it("brings no other package along", async () => {
    const names = await readdir(join(project, "node_modules"));
    expect(names.filter((name) => !name.startsWith("."))).toEqual(["shotboard"]);
    const { dependencies } = JSON.parse(
      await readFile(join(project, "node_modules", "shotboard", "package.json"), "utf8"),
    ) as { dependencies?: Record<string, string> };
    expect(dependencies ?? {}).toEqual({});
  });

  it("compiles, makes a project on a real server and hears of it", async () => {
    await writeFile(join(project, "program.ts"), program);
    const compiled = await compile([]);
    expect(compiled.output).toBe("");
    const { code, output } = await run(process.execPath, [join(project, "program.js"), app.url], {
      quiet: true,
    });
    expect({ code, said: output.trim() }).toEqual({ code: 0, said: '{"sentenceCount":2,"seen":"pending"}' });
  });

  it("refuses wrong calls when they are compiled", async () => {
    const head = 'import { createShotboardClient } from "shotboard/client";\n';
    const calls = Object.values(mistakes).map((call) => `await (async () => { ${call}; })();`);
    await writeFile(
      join(project, "program.ts"),
      `${head}const client = createShotboardClient({ url: "http://127.0.0.1:3000" });\n${calls.join("\n")}\n`,
    );
    const { output } = await compile(["--noEmit"]);
    const lines = [...output.matchAll(/program\.ts\((\d+),/g)].map((match) => Number(match[1]));
    expect([...new Set(lines)], output).toEqual(Object.keys(mistakes).map((_, index) => index + 3));
  });
});

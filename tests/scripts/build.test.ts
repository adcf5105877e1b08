import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleServer, fingerprintSources } from "../../scripts/build.mjs";

let folder: string;
const write = async (file: string, text: string) => {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "shotboard-build-"));
  await write("src/app/page.tsx", "one");
  await write("package.json", "{}");
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("a build is made again", () => {
  it("when the content of a source changes, also one of the same length", async () => {
    const before = fingerprintSources(folder);
    await write("src/app/page.tsx", "two");
    expect(fingerprintSources(folder)).not.toBe(before);
  });

  it("when a source moves", async () => {
    const before = fingerprintSources(folder);
    await rename(join(folder, "src/app/page.tsx"), join(folder, "src/app/layout.tsx"));
    expect(fingerprintSources(folder)).not.toBe(before);
  });

  it("when a package changes", async () => {
    const before = fingerprintSources(folder);
    await write("package-lock.json", "{}");
    expect(fingerprintSources(folder)).not.toBe(before);
  });

  it("not when a test changes, nor when a source is only touched", async () => {
    const before = fingerprintSources(folder);
    await write("tests/page.test.ts", "a test");
    await write("src/app/page.tsx", "one");
    expect(fingerprintSources(folder)).toBe(before);
  });
});

describe("the server's bundle", () => {
  it("holds the sources and packages that are only code; those with files of their own stay outside", async () => {
    await write("data.json", '{"word": "bundled"}');
    await write(
      "main.ts",
      'import plain from "plain"; import sharp from "sharp"; import data from "./data.json"; console.log(plain, data, sharp);',
    );
    const outfile = join(folder, "server.mjs");
    await write(
      "node_modules/plain/package.json",
      '{"name": "plain", "type": "module", "exports": "./plain.js"}',
    );
    await write("node_modules/plain/plain.js", 'export default "only code";');
    await bundleServer(join(folder, "main.ts"), outfile);
    await rm(join(folder, "node_modules"), { recursive: true });
    await rm(join(folder, "data.json"));
    expect(() => execFileSync(process.execPath, [outfile], { stdio: "pipe" })).toThrow(
      /Cannot find package 'sharp'/,
    );
  });
});

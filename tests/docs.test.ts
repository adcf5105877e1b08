import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentSchema } from "@/server/boot/environment";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFile(join(root, file), "utf8");

/** What is written in backticks and begins like a path of this repository. */
function namedPaths(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "");
  const quoted = [...prose.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? "");
  const folders = /^(src|tests|scripts|workflows|bench|examples|docs|public)\//;
  return quoted.filter((word) => folders.test(word) && !/[{}*<>:]/.test(word));
}

describe("the documents", () => {
  it.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/security.md"])(
    "%s names only paths that exist",
    async (file) => {
      const paths = namedPaths(await read(file));
      expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    },
  );

  it.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])(
    "%s links only to files that exist",
    async (file) => {
      const links = [...(await read(file)).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
      const files = links.filter((link) => !/^[a-z]+:/.test(link));
      expect(files.filter((link) => !existsSync(join(root, link)))).toEqual([]);
    },
  );

  it("CHANGELOG.md tells of the version in package.json", async () => {
    const { version } = JSON.parse(await read("package.json")) as { version: string };
    expect(await read("CHANGELOG.md")).toContain(version);
  });

  it("README.md names every command of package.json that a person types", async () => {
    const readme = await read("README.md");
    for (const name of ["npm start", "npm test"]) expect(readme).toContain(name);
  });
});

describe(".env.example", () => {
  it("names every setting that the server knows, and no other", async () => {
    const named = [...(await read(".env.example")).matchAll(/^# ([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });
});

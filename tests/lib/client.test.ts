import { describe, expect, test } from "vitest";
import { createShotboardClient } from "@/lib/client";
import { startTestApp } from "../support/test-app";

describe("createShotboardClient", () => {
  test.each(["ftp://127.0.0.1", "file:///tmp", "ws://127.0.0.1", "nonsense", ""])(
    "refuses %j, which is no http(s) address",
    (url) => {
      expect(() => createShotboardClient({ url })).toThrow(TypeError);
    },
  );

  test(
    "takes an address with slashes at its end, and a token only where one is asked for",
    { timeout: 60_000 },
    async () => {
      await using app = await startTestApp({ env: { ACCESS_TOKEN: "a-long-random-word" } });
      const client = createShotboardClient({ url: `${app.url}//`, token: "a-long-random-word" });
      expect((await client.project.list.query()).items).toHaveLength(1);
      const first = await new Promise((resolve, reject) => {
        client.events.onProject.subscribe(
          { projectId: "the-last-light" },
          { onData: ({ data }) => resolve(data.type), onError: reject },
        );
      });
      expect(first).toBe("snapshot");
      await client.close();
      await client.close();
    },
  );
});

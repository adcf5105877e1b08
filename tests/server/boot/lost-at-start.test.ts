import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLog } from "@/server/boot/create-log";
import { parseEnvironment } from "@/server/boot/environment";
import { startRuntime } from "@/server/boot/runtime";
import { openTestDatabase, root } from "../../support/test-database";

test("a database that is lost while Shotboard starts ends the start with a sentence, and everything is closed", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "shotboard-test-"));
  const database = await openTestDatabase();
  const closed = Promise.withResolvers<void>();
  const away = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  const starting = startRuntime({
    environment: parseEnvironment(
      { DATA_DIR: dataDir, NODE_ENV: "test", DATABASE_URL: "postgres://there/shotboard" },
      root,
    ),
    root,
    log: createLog("silent"),
    database: {
      ...database,
      listen: () => Promise.reject(new Error("Failed query: listen", { cause: away })),
      close: async () => {
        await database.close();
        closed.resolve();
      },
    },
  });
  await expect(starting).rejects.toThrow(
    "The database of DATABASE_URL was lost while Shotboard started: read ECONNRESET. Start Shotboard again when it is there; nothing is lost.",
  );
  await closed.promise;
  await rm(dataDir, { recursive: true });
});

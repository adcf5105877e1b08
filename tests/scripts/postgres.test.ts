import { existsSync } from "node:fs";
import postgres from "postgres";
import { expect, it } from "vitest";
import { preparePrograms, startPostgres } from "../../scripts/postgres.mjs";

it("the tests' PostgreSQL answers, and is gone with its files when it is stopped", async () => {
  const server = await startPostgres(await preparePrograms());
  const sql = postgres(server.url, { max: 1 });
  const [row] = await sql<{ folder: string; durable: string }[]>`
    select current_setting('data_directory') as folder, current_setting('fsync') as durable
  `;
  expect(row?.durable).toBe("off");
  // The server does not wait for clients that stay.
  await server.stop();
  expect(existsSync(row?.folder ?? "")).toBe(false);
  await expect(sql`select 1`).rejects.toThrow(/CONNECTION|ECONNREFUSED|terminating/);
  await sql.end();
});
